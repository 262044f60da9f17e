package dev.plimsoll.alert;

import dev.plimsoll.rule.Severity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

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

    record Fired(int sequence, Severity severity, Instant at, How how) implements Transition {
        public enum How {
            /** Its hold is over. */
            CROSSED,
            /** The first tick at which it can be judged again says so; nobody saw it cross. */
            SIGHT_REGAINED
        }

        @Override
        public String type() {
            return "alert.firing";
        }

        @Override
        public String reason() {
            return word(how);
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
            return word(how);
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

    /** Told again, though it got no worse. */
    record Repeated(int sequence, Severity severity, Instant at, Why why) implements Transition {
        public enum Why {
            /** The repeat interval of its level is over. */
            REPEATED,
            /** Somebody acknowledged it long ago, and it still fires. */
            ACKNOWLEDGEMENT_EXPIRED,
            /** The time for which it was snoozed is over, and it still fires. */
            SNOOZE_OVER,
            /** It was due while nobody could see how it stands. */
            SIGHT_REGAINED,
            /** The silence is over under which its owner was not told, and it still fires. */
            SILENCE_OVER,
            /** What told of its cause is over, and it still fires. */
            INHIBITION_OVER
        }

        @Override
        public String type() {
            return "alert.repeated";
        }

        @Override
        public String reason() {
            return word(why);
        }
    }

    /**
     * Nobody took it up: somebody else is told.
     *
     * @param step of the rule's escalation, the first is 1; only its channels are told
     */
    record Escalated(int sequence, Severity severity, Instant at, int step) implements Transition {
        @Override
        public String type() {
            return "alert.escalated";
        }

        @Override
        public String reason() {
            return "escalated";
        }
    }

    /**
     * It is over.
     *
     * @param lasted          since the breach began, its hold included
     * @param worst           the worst value of the episode that every source agreed on; empty where nothing is measured
     * @param mayBeLiquidated the health factor was below 1 meanwhile: no good news, whatever it is now
     */
    record Resolved(
            int sequence,
            Severity severity,
            Instant at,
            Because because,
            Duration lasted,
            Optional<BigDecimal> worst,
            boolean mayBeLiquidated)
            implements Transition {
        @Override
        public String type() {
            return "alert.resolved";
        }

        @Override
        public String reason() {
            if (because != Because.PRICE_RECOVERED) {
                return because.word();
            }
            return mayBeLiquidated ? "maybe-liquidated" : "recovered";
        }
    }

    /** {@code sight-regained} */
    private static String word(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
