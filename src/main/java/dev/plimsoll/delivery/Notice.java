package dev.plimsoll.delivery;

import dev.plimsoll.rule.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is to be told, once, on every channel it is for.
 *
 * @param alert    empty for what belongs to no alert: {@code channel.disabled}
 * @param sequence the alert's transition this tells of; rises by one per alert
 * @param type     {@code alert.firing}, {@code alert.worsened}, … as in the webhook body
 * @param channels empty means every active channel of the account
 * @param data     the {@code data} object of the standard webhook body, as JSON text; holds {@code text}
 * @param text     the sentence for people, also in {@code data}
 */
public record Notice(
        UUID id,
        UUID account,
        Optional<UUID> alert,
        Optional<Integer> sequence,
        String type,
        Severity severity,
        Instant at,
        Optional<List<UUID>> channels,
        String data,
        String text) {
    public Notice {
        channels = channels.map(List::copyOf);
    }
}
