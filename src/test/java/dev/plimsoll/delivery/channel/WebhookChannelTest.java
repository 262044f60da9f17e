package dev.plimsoll.delivery.channel;

import dev.plimsoll.api.SparingProfile;
import dev.plimsoll.delivery.Channel;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.delivery.Settings;
import dev.plimsoll.delivery.WebhookSecret;
import dev.plimsoll.unit.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

@QuarkusTest
@TestProfile(SparingProfile.class)
class WebhookChannelTest extends ChannelContract {
    @Inject
    WebhookChannel webhooks;

    @Override
    Channel channel() {
        return webhooks;
    }

    @Override
    Receiver receiver(int port) {
        return to("standard", port);
    }

    /** With the token in its path. */
    static Receiver to(String format, int port) {
        var url = "http://127.0.0.1:" + port + "/services/" + TOKEN;
        return new Receiver(
                Ids.next(),
                Ids.next(),
                "webhook",
                new Settings(Map.of("url", url, "format", format)),
                List.of(WebhookSecret.generate()));
    }
}
