package dev.plimsoll.delivery;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A channel as its owner may see it.
 *
 * @param shown   its settings by field, without what is secret
 * @param buddy   the person it leads to, where that is not its owner
 * @param loud    whether it wakes somebody, as its owner says; empty where only its kind is known, see {@link Kinds#wakes}
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
        Optional<String> buddy,
        Optional<Boolean> loud,
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

    public boolean isActive() {
        return state == State.ACTIVE;
    }

    /** One of its owner's own: not another person's. */
    public boolean isOwn() {
        return buddy.isEmpty();
    }

    public RegisteredChannel {
        labels = Map.copyOf(labels);
        shown = Map.copyOf(shown);
    }
}
