package dev.plimsoll.rule;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Who else is told when nobody has acknowledged.
 *
 * @param after    counted from when the alert began to fire, by the watch's clock
 * @param channels told besides the rule's, never empty
 */
public record Escalation(Duration after, List<UUID> channels) {
    public Escalation {
        channels = List.copyOf(channels);
        if (!after.isPositive()) {
            throw new IllegalArgumentException("an escalation comes after the alert, had " + after);
        }
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("an escalation tells at least one channel, had none");
        }
    }
}
