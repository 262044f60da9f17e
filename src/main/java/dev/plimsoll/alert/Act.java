package dev.plimsoll.alert;

import dev.plimsoll.rule.Severity;
import java.time.Instant;
import java.util.Optional;

/** What its owner does about a firing alert. */
public sealed interface Act {

    /** By the watch's clock. */
    Instant at();

    /** Seen, and being dealt with: it is not repeated, and told again when it gets worse, is over, or fires for long. */
    record Acknowledge(Instant at, Optional<String> note) implements Act {}

    /** Not to be repeated until then. */
    record Snooze(Instant at, Instant until, Optional<String> note) implements Act {
        public Snooze(Instant at, Instant until) {
            this(at, until, Optional.empty());
        }

        /** No longer than an alert of this severity may be kept quiet. */
        Snooze lasting(Severity severity) {
            var latest = at.plus(Attention.patience(severity));
            return until.isAfter(latest) ? new Snooze(at, latest, note) : this;
        }
    }

    /** The event type of the webhook. */
    default String type() {
        return "alert." + reason();
    }

    /** In a word. */
    default String reason() {
        return switch (this) {
            case Acknowledge ignored -> "acknowledged";
            case Snooze ignored -> "snoozed";
        };
    }
}
