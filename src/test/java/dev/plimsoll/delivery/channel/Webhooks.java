package dev.plimsoll.delivery.channel;

import dev.plimsoll.delivery.Channel;
import dev.plimsoll.delivery.WebhookSender;

/** The webhook channel as it is, for programs that run without the container. */
public final class Webhooks {
    private Webhooks() {}

    public static Channel sentBy(WebhookSender sender) {
        return new WebhookChannel(sender);
    }
}
