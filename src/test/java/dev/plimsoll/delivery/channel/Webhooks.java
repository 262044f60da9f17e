package dev.plimsoll.delivery.channel;

import dev.plimsoll.delivery.Channel;
import dev.plimsoll.delivery.DeliveryConfig;
import dev.plimsoll.delivery.HttpSender;
import java.util.List;

/** The webhook channel as it is, for programs that run without the container. */
public final class Webhooks {
    private Webhooks() {}

    public static Channel sentBy(HttpSender sender, DeliveryConfig config) {
        return new WebhookChannel(sender, List.of(new StandardFormat()), config);
    }
}
