package dev.plimsoll.delivery.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.api.SparingProfile;
import dev.plimsoll.delivery.Channel;
import dev.plimsoll.delivery.Channel.Parcel;
import dev.plimsoll.delivery.Message;
import dev.plimsoll.delivery.Outcome.Retry;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.delivery.channel.LocalService.Answer;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Ids;
import dev.plimsoll.wire.FreePort;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(SparingProfile.class)
class DiscordFormatTest extends ChannelContract {
    @Inject
    WebhookChannel webhooks;

    @Override
    Channel channel() {
        return webhooks;
    }

    @Override
    Receiver receiver(int port) {
        return WebhookChannelTest.to("discord", port);
    }

    @Override
    List<Answer> lost() {
        return List.of(
                Answer.wire(404, "discord/unknown-webhook.json"), Answer.wire(401, "discord/invalid-token.json"));
    }

    @Override
    List<Answer> refused() {
        return List.of(Answer.wire(400, "discord/invalid-form-body.json"));
    }

    /** A backslash makes the next sign literal; a sign of markup without one is not shown. */
    @Override
    String shown(String body) {
        return Texts.of(new JsonObject(body)).replaceAll("\\\\(\\p{Punct})|[*_~`|<>#\\[\\]]", "$1");
    }

    @Override
    void assertFits(String body) {
        var json = new JsonObject(body);
        var embed = json.getJsonArray("embeds").getJsonObject(0);
        var fields = embed.getJsonArray("fields");
        assertThat(json.getString("content")).isNotBlank().hasSizeLessThanOrEqualTo(2_000);
        assertThat(embed.getString("description")).isNotBlank().hasSizeLessThanOrEqualTo(4_096);
        assertThat(fields).hasSizeLessThanOrEqualTo(25).allSatisfy(field -> {
            assertThat(((JsonObject) field).getString("name")).isNotBlank().hasSizeLessThanOrEqualTo(256);
            assertThat(((JsonObject) field).getString("value")).isNotBlank().hasSizeLessThanOrEqualTo(1_024);
        });
        assertThat(embed.getString("description")
                        + Texts.of(new JsonObject().put("fields", fields)).replace("\n", ""))
                .hasSizeLessThanOrEqualTo(6_000);
    }

    @Test
    void nobodyIsMentionedWhateverNamesSay() {
        var body = new JsonObject(webhooks.body(receiver(FreePort.next()), Messages.named("@everyone")));

        assertThat(body.getJsonObject("allowed_mentions")).isEqualTo(new JsonObject().put("parse", new JsonArray()));
    }

    @ParameterizedTest
    @CsvSource({
        "alert.firing,CRITICAL,0xC62828",
        "alert.worsened,WARNING,0xEF6C00",
        "alert.firing,INFO,0x1565C0",
        "alert.resolved,CRITICAL,0x2E7D32",
        "alert.acknowledged,CRITICAL,0x757575"
    })
    void theColourSaysHowBadItIs(String type, Severity severity, String colour) {
        var body = webhooks.body(receiver(FreePort.next()), Messages.of(Ids.next(), type, severity, "It is near."));

        assertThat(new JsonObject(body).getJsonArray("embeds").getJsonObject(0).getInteger("color"))
                .isEqualTo(Integer.decode(colour));
    }

    @Test
    void theWaitIsInTheAnswersBodyWhereNoHeaderSaysIt() {
        try (var server = new LocalDiscord()) {
            server.fails(Answer.wire(429, "discord/rate-limited.json"));

            assertThat(webhooks.send(receiver(server.port()), parcel()).await().atMost(Duration.ofSeconds(10)))
                    .isEqualTo(new Retry(
                            Optional.of(429), "the receiver answered 429", Optional.of(Duration.ofSeconds(2))));
        }
    }

    @Test
    void itWaitsUntilTheMessageIsThere() {
        try (var server = new LocalDiscord()) {
            webhooks.send(receiver(server.port()), parcel()).await().atMost(Duration.ofSeconds(10));

            assertThat(server.requests().getFirst().uri().getQuery()).isEqualTo("wait=true");
        }
    }

    private Parcel parcel() {
        Message message = Messages.critical(Ids.next(), "alert.firing");
        return new Parcel(message.delivery(), Instant.now(), webhooks.body(receiver(1), message));
    }

    private static final class LocalDiscord extends LocalService {
        @Override
        Answer answer(Request request) {
            return new Answer(200, Map.of(), read("discord/message.json"));
        }
    }
}
