package dev.plimsoll.delivery;

import java.util.Map;
import java.util.Optional;

/**
 * A channel as its owner writes it.
 *
 * @param buddy the person it leads to, where that is not its owner; it stays as it was at the beginning
 * @param loud  whether it wakes somebody; empty leaves that to its kind
 */
public record ChannelDraft(
        Optional<String> key,
        String name,
        Map<String, String> labels,
        Settings settings,
        Optional<String> buddy,
        Optional<Boolean> loud) {
    public ChannelDraft {
        labels = Map.copyOf(labels);
    }

    /** Of its owner's own, as loud as its kind. */
    public ChannelDraft(Optional<String> key, String name, Map<String, String> labels, Settings settings) {
        this(key, name, labels, settings, Optional.empty(), Optional.empty());
    }
}
