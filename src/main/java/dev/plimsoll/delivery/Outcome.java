package dev.plimsoll.delivery;

import java.time.Duration;
import java.util.Optional;

/** How one attempt ended. Words only: no URL, no secret, nothing that the receiver sent. */
public sealed interface Outcome {

    /** The status the receiver answered with, where it did and has one. */
    Optional<Integer> status();

    /** A sentence for the attempt's row. */
    String why();

    /**
     * The receiver has it.
     *
     * @param receipt to ask later what became of it
     * @param message as which it stands in a chat, where it can be answered and edited later
     */
    record Delivered(Optional<Integer> status, String why, Optional<Receipt> receipt, Optional<Long> message)
            implements Outcome {
        public Delivered(Optional<Integer> status, String why) {
            this(status, why, Optional.empty(), Optional.empty());
        }

        public Delivered(Optional<Integer> status, String why, Optional<Receipt> receipt) {
            this(status, why, receipt, Optional.empty());
        }

        /** In a chat. */
        public static Delivered as(long message, String why) {
            return new Delivered(Optional.of(200), why, Optional.empty(), Optional.of(message));
        }
    }

    /**
     * Not now.
     *
     * @param notBefore how long the receiver asked us to wait, already bounded
     */
    record Retry(Optional<Integer> status, String why, Optional<Duration> notBefore) implements Outcome {}

    /**
     * Its turn has not come: the receiver was not called, so it counts as no try.
     *
     * @param pause until it may have come
     */
    record Postponed(String why, Duration pause) implements Outcome {
        @Override
        public Optional<Integer> status() {
            return Optional.empty();
        }
    }

    /** This message never; the next one may be taken. What it said is told on another channel. */
    record Refused(Optional<Integer> status, String why) implements Outcome {}

    /** Never again: the channel is disabled. */
    record Rejected(Optional<Integer> status, String why) implements Outcome {}
}
