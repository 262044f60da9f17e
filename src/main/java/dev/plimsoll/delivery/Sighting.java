package dev.plimsoll.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What became of a delivery at its receiver, as far as it tells. Words of ours only, except who it was. */
public sealed interface Sighting {

    /** Nothing yet, or it could not be asked. @param again until it is asked again */
    record Waiting(Duration again) implements Sighting {}

    /**
     * Somebody has taken it up.
     *
     * @param at by the receiver's clock
     * @param by what the receiver calls them; literal, as any words from outside
     */
    record Acknowledged(Instant at, Optional<String> by) implements Sighting {}

    /** Nobody will: it ran out or was taken back. @param why for the log */
    record Over(String why) implements Sighting {}
}
