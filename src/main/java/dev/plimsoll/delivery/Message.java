package dev.plimsoll.delivery;

import dev.plimsoll.rule.Severity;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What one delivery says, before a channel gives it its form.
 *
 * @param type     {@code alert.firing}, … as in the webhook body
 * @param at       when it happened, by the watch's clock
 * @param data     the {@code data} object of the standard body, as JSON text
 * @param replaced what earlier messages would have said that this one stands for, the oldest first
 */
public record Message(UUID delivery, String type, Severity severity, Instant at, String data, List<Replaced> replaced) {
    public Message {
        replaced = List.copyOf(replaced);
    }

    /** A message that never reached the channel because a newer one took its place. */
    public record Replaced(String type, Instant at) {}
}
