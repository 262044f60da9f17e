package dev.plimsoll.delivery.channel;

import dev.plimsoll.delivery.Channel;
import dev.plimsoll.delivery.Message;
import dev.plimsoll.delivery.Outcome;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.delivery.StandardBody;
import dev.plimsoll.delivery.WebhookSender;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** A URL of the user's that gets signed events. */
@ApplicationScoped
class WebhookChannel implements Channel {
    private final WebhookSender sender;

    WebhookChannel(WebhookSender sender) {
        this.sender = sender;
    }

    @Override
    public String kind() {
        return "webhook";
    }

    @Override
    public boolean groups() {
        return false;
    }

    @Override
    public String body(Receiver to, Message message) {
        return StandardBody.of(message);
    }

    @Override
    public Uni<Outcome> send(Receiver to, Parcel parcel) {
        return sender.send(to, parcel).map(WebhookSender.Answer::outcome);
    }
}
