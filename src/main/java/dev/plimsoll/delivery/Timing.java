package dev.plimsoll.delivery;

import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * What a delivery takes over from the one it replaces; by database time.
 *
 * @param restUntil  not before this instant, which the receiver asked for
 * @param failoverAt when another channel is told too, unless somebody has been told by then
 */
record Timing(Optional<OffsetDateTime> restUntil, Optional<OffsetDateTime> failoverAt) {
    static final Timing FRESH = new Timing(Optional.empty(), Optional.empty());
}
