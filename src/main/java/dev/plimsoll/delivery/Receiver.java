package dev.plimsoll.delivery;

import java.util.List;
import java.util.UUID;

/**
 * Where a channel leads, opened for one use.
 *
 * @param format  {@code standard}, or one of the formats a channel's kind knows
 * @param address a URL, which may carry a token
 * @param secrets those that sign, the newest first
 */
public record Receiver(
        UUID channel, UUID account, String kind, String format, String address, List<WebhookSecret> secrets) {
    public Receiver {
        secrets = List.copyOf(secrets);
    }

    /** Never the address. */
    @Override
    public String toString() {
        return "Receiver[channel=" + channel + ", kind=" + kind + "]";
    }
}
