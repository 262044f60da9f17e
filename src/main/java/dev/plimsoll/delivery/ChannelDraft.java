package dev.plimsoll.delivery;

import java.util.Map;
import java.util.Optional;

/** A channel as its owner writes it, but for where it leads. */
public record ChannelDraft(Optional<String> key, String name, Map<String, String> labels, String format) {
    public ChannelDraft {
        labels = Map.copyOf(labels);
    }
}
