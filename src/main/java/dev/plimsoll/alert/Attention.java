package dev.plimsoll.alert;

import dev.plimsoll.alert.Transition.Repeated.Why;
import dev.plimsoll.rule.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the owner did about a firing alert: it keeps the alert from being repeated and escalated. It ends when the alert
 * worsens or its severity rises, and by itself: nobody may forget an alert that still fires.
 */
public record Attention(Optional<Instant> acknowledgedAt, Optional<Instant> snoozedUntil) {
    public static final Attention NONE = new Attention(Optional.empty(), Optional.empty());

    private static final Duration CRITICAL = Duration.ofMinutes(30);
    private static final Duration MILDER = Duration.ofHours(8);

    /** How long an acknowledgement or a snooze lasts at most. */
    public static Duration patience(Severity severity) {
        return severity == Severity.CRITICAL ? CRITICAL : MILDER;
    }

    /** When the later of the two ends by itself; empty where the owner did nothing. */
    Optional<Instant> endsAt(Severity severity) {
        var acknowledged = acknowledgedAt.map(at -> at.plus(patience(severity)));
        return acknowledged
                .filter(end -> snoozedUntil.filter(end::isBefore).isEmpty())
                .or(() -> snoozedUntil);
    }

    /** Which of the two is the later one. */
    Why ending(Severity severity) {
        return endsAt(severity).equals(snoozedUntil) ? Why.SNOOZE_OVER : Why.ACKNOWLEDGEMENT_EXPIRED;
    }

    /** The same on a clock that was set back: it lasts no longer than it may. */
    Attention notAheadOf(Instant now) {
        var latest = now.plus(MILDER);
        return new Attention(
                acknowledgedAt.map(at -> at.isAfter(now) ? now : at),
                snoozedUntil.map(until -> until.isAfter(latest) ? latest : until));
    }
}
