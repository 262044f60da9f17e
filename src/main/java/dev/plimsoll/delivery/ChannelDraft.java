package dev.plimsoll.delivery;

import java.util.Map;
import java.util.Optional;

/** A channel as its owner writes it. */
public record ChannelDraft(Optional<String> key, String name, Map<String, String> labels, Settings settings) {
    public ChannelDraft {
        labels = Map.copyOf(labels);
    }
}
