package dev.plimsoll.delivery;

import java.time.Duration;
import java.util.Optional;

/** A claim and what became of it. */
record Tried(Claim claim, Ending ending) {

    sealed interface Ending {}

    /**
     * The receiver was called.
     *
     * @param body as it was sent; empty when there was none yet
     */
    record Called(Outcome outcome, Optional<String> body, Duration duration) implements Ending {}

    /** Too little of the lease was left to call anybody: whoever claims it next does. */
    record Dropped() implements Ending {}

    /** The channel was not active any more. */
    record ChannelClosed() implements Ending {}
}
