package dev.plimsoll.delivery;

import java.util.Optional;

/** A channel with all its owner said of it. Holds secrets. */
public record OpenedChannel(RegisteredChannel channel, Settings settings, Optional<WebhookSecret> secret) {

    /** Never a secret. */
    @Override
    public String toString() {
        return "OpenedChannel[" + channel.id() + "]";
    }
}
