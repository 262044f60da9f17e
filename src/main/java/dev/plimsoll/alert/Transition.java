package dev.plimsoll.alert;

import dev.plimsoll.rule.Severity;
import java.time.Instant;
import java.util.Locale;

/** One step in the life of an alert; each raises the sequence by one and stands in the timeline. */
public sealed interface Transition {

    int sequence();

    /** The level it is at from now on. */
    Severity severity();

    Instant at();

    /** The event type of the webhook: {@code alert.firing}. */
    String type();

    /** Why, in a word: {@code crossed}. */
    String reason();

    /** Whether anybody is told; a silent one only stands in the timeline. */
    default boolean isTold() {
        return true;
    }

    record Fired(int sequence, Severity severity, Instant at) implements Transition {
        @Override
        public String type() {
            return "alert.firing";
        }

        @Override
        public String reason() {
            return "crossed";
        }
    }

    record Worsened(int sequence, Severity severity, Instant at, How how) implements Transition {
        public enum How {
            /** Up a level. */
            CROSSED,
            /** Half of the room left at the last message is gone. */
            WORSENED,
            /** The first tick at which it is liquidatable. */
            LIQUIDATABLE
        }

        @Override
        public String type() {
            return "alert.worsened";
        }

        @Override
        public String reason() {
            return how.name().toLowerCase(Locale.ROOT);
        }
    }

    /** Down a level, still firing. Silent. */
    record Eased(int sequence, Severity severity, Instant at) implements Transition {
        @Override
        public String type() {
            return "alert.eased";
        }

        @Override
        public String reason() {
            return "eased";
        }

        @Override
        public boolean isTold() {
            return false;
        }
    }

    record Repeated(int sequence, Severity severity, Instant at) implements Transition {
        @Override
        public String type() {
            return "alert.repeated";
        }

        @Override
        public String reason() {
            return "repeated";
        }
    }

    /** @param mayBeLiquidated the health factor was below 1 meanwhile: no good news, whatever it is now */
    record Resolved(int sequence, Severity severity, Instant at, Because because, boolean mayBeLiquidated)
            implements Transition {
        @Override
        public String type() {
            return "alert.resolved";
        }

        @Override
        public String reason() {
            return because == Because.PRICE_RECOVERED ? "recovered" : because.word();
        }
    }
}
