package dev.plimsoll.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A wake-up drill: an alert that is none goes the way of a critical one, through the channels and up the escalation of a
 * rule, until somebody acknowledges it. All its times are the database's.
 *
 * @param id             also that of its alert, once it began
 * @param rule           empty before it begins where its owner named none
 * @param dueAt          when it begins; of a random one nobody's business before
 * @param window         of a random one
 * @param why            it did not take place, or ended early; a part of a sentence
 * @param acknowledgedBy what was noted with it
 */
public record Drill(
        UUID id,
        UUID account,
        Optional<UUID> rule,
        State state,
        Instant dueAt,
        Optional<DrillWindow> window,
        Optional<String> why,
        Optional<Instant> startedAt,
        Optional<Instant> acknowledgedAt,
        Optional<String> acknowledgedBy,
        Optional<Instant> endedAt,
        Instant createdAt) {

    public enum State {
        SCHEDULED,
        RUNNING,
        ACKNOWLEDGED,
        /** Up to the last step of the escalation, and nobody heard. */
        UNACKNOWLEDGED,
        /** A real alert began, or its owner called it off. */
        INTERRUPTED,
        /** It could not take place at its time. */
        SKIPPED,
        /** Its owner called it off before it began. */
        CANCELLED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** From its first message to the first acknowledgement, wherever that was given. */
    public Optional<Duration> timeToAcknowledge() {
        return startedAt.flatMap(from -> acknowledgedAt.map(at -> Duration.between(from, at)));
    }
}
