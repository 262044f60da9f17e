package dev.plimsoll.delivery;

import java.util.List;
import java.util.UUID;

/**
 * Where a channel leads, opened for one use.
 *
 * @param secrets those that sign, the newest first; none where nothing is signed
 */
public record Receiver(UUID channel, UUID account, String kind, Settings settings, List<WebhookSecret> secrets) {
    public Receiver {
        secrets = List.copyOf(secrets);
    }

    /** Never where it leads. */
    @Override
    public String toString() {
        return "Receiver[channel=" + channel + ", kind=" + kind + "]";
    }
}
