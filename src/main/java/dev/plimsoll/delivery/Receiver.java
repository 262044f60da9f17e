package dev.plimsoll.delivery;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/**
 * Where a channel leads, opened for one use.
 *
 * @param zone    of the clock on its owner's wall
 * @param secrets those that sign, the newest first; none where nothing is signed
 */
public record Receiver(
        UUID channel, UUID account, String kind, Settings settings, List<WebhookSecret> secrets, ZoneId zone) {
    public Receiver {
        secrets = List.copyOf(secrets);
    }

    /** Whose owner's clock nobody asked for. */
    public Receiver(UUID channel, UUID account, String kind, Settings settings, List<WebhookSecret> secrets) {
        this(channel, account, kind, settings, secrets, ZoneOffset.UTC);
    }

    Receiver in(ZoneId zone) {
        return new Receiver(channel, account, kind, settings, secrets, zone);
    }

    /** Never where it leads. */
    @Override
    public String toString() {
        return "Receiver[channel=" + channel + ", kind=" + kind + "]";
    }
}
