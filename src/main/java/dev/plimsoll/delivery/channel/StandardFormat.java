package dev.plimsoll.delivery.channel;

import dev.plimsoll.delivery.Message;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.delivery.StandardBody;
import jakarta.inject.Singleton;

/** Our own: all there is to know, for programs. */
@Singleton
class StandardFormat implements WebhookFormat {
    static final String NAME = "standard";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String body(Receiver to, Message message) {
        return StandardBody.of(message);
    }
}
