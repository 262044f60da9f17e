package dev.plimsoll.delivery;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A channel as its owner may see it.
 *
 * @param shown   its settings by field, without what is secret
 * @param failingSince since when nothing arrived there though it was tried
 * @param version      rises by one with every write; the ETag
 */
public record RegisteredChannel(
        UUID id,
        UUID account,
        Optional<String> key,
        String name,
        Map<String, String> labels,
        String kind,
        Map<String, String> shown,
        State state,
        Optional<String> disabledReason,
        Optional<Instant> failingSince,
        Instant createdAt,
        long version) {

    public enum State {
        /** Gets the proof only. */
        UNVERIFIED,
        ACTIVE,
        /** Gave up on, with a reason; gets the proof only. */
        DISABLED
    }

    public RegisteredChannel {
        labels = Map.copyOf(labels);
        shown = Map.copyOf(shown);
    }
}
