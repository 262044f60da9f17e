package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Outcome.Delivered;
import dev.plimsoll.delivery.Outcome.Retry;
import java.time.Duration;
import java.util.Optional;

/**
 * A claim and what became of it.
 *
 * @param last of those that went out as one message: with its record the message's slot is left
 */
record Tried(Claim claim, Ending ending, boolean last) {

    /** One that went out alone. */
    Tried(Claim claim, Ending ending) {
        this(claim, ending, true);
    }

    sealed interface Ending {}

    /**
     * The receiver was called.
     *
     * @param body as it was sent; empty when there was none yet
     */
    record Called(Outcome outcome, Optional<String> body, Duration duration) implements Ending {}

    /**
     * It failed by an error of ours, and nobody knows whether the receiver was called.
     *
     * @param why  without anything secret
     * @param last no further try is made
     */
    record Broken(String why, boolean last) implements Ending {}

    /**
     * The receiver was called, but what came of it cannot be recorded: sending it again would only repeat that.
     *
     * @param why without anything secret
     */
    record Unrecordable(String why) implements Ending {}

    boolean hasArrived() {
        return ending instanceof Called called && called.outcome() instanceof Delivered;
    }

    /** As it is kept in the list of attempts; empty where there was none. */
    Optional<Called> attempt() {
        return switch (ending) {
            case Called called -> Optional.of(called);
            case Broken(var why, var last) -> Optional.of(failed(why));
            case Unrecordable(var why) -> Optional.of(failed(why));
            case Dropped ignored -> Optional.empty();
            case ChannelClosed ignored -> Optional.empty();
        };
    }

    private static Called failed(String why) {
        return new Called(new Retry(Optional.empty(), why, Optional.empty()), Optional.empty(), Duration.ZERO);
    }

    /** Too little of the lease was left to call anybody: whoever claims it next does. */
    record Dropped() implements Ending {}

    /** The channel was not active any more. */
    record ChannelClosed() implements Ending {}
}
