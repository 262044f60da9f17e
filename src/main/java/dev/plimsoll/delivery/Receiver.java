package dev.plimsoll.delivery;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a channel leads, opened for one use.
 *
 * @param secrets those that sign, the newest first; none where nothing is signed
 * @param zone    of the clock on its owner's wall
 * @param buddy   the person it leads to, where that is not its owner
 */
public record Receiver(
        UUID channel,
        UUID account,
        String kind,
        Settings settings,
        List<WebhookSecret> secrets,
        ZoneId zone,
        Optional<Buddy> buddy) {
    public Receiver {
        secrets = List.copyOf(secrets);
    }

    /** Its owner's own, whose clock nobody asked for. */
    public Receiver(UUID channel, UUID account, String kind, Settings settings, List<WebhookSecret> secrets) {
        this(channel, account, kind, settings, secrets, ZoneOffset.UTC, Optional.empty());
    }

    Receiver in(ZoneId zone) {
        return new Receiver(channel, account, kind, settings, secrets, zone, buddy);
    }

    Receiver of(Optional<Buddy> buddy) {
        return new Receiver(channel, account, kind, settings, secrets, zone, buddy);
    }

    /** Never where it leads. */
    @Override
    public String toString() {
        return "Receiver[channel=" + channel + ", kind=" + kind + "]";
    }
}
