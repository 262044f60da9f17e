package dev.plimsoll.delivery;

import java.util.Optional;
import java.util.UUID;

/** What the other end of a channel said at its callback, see {@link Callbacks}. */
public sealed interface Heard {

    /**
     * Somebody has taken up an alert over there.
     *
     * @param by whom the other end names; literal, as any words from outside
     */
    record Acknowledged(UUID alert, Optional<String> by) implements Heard {}

    /** Nothing to act on. */
    record Nothing() implements Heard {}

    /** It is not from whom it should be, or cannot be read. @param why a sentence for whoever said it */
    record Refused(String why) implements Heard {}
}
