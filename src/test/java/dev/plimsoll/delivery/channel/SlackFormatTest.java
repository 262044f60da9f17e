package dev.plimsoll.delivery.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.api.SparingProfile;
import dev.plimsoll.delivery.Channel;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.delivery.channel.LocalService.Answer;
import dev.plimsoll.unit.Ids;
import dev.plimsoll.wire.FreePort;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(SparingProfile.class)
class SlackFormatTest extends ChannelContract {
    @Inject
    WebhookChannel webhooks;

    @Override
    Channel channel() {
        return webhooks;
    }

    @Override
    Receiver receiver(int port) {
        return WebhookChannelTest.to("slack", port);
    }

    @Override
    List<Answer> lost() {
        return List.of(
                Answer.wire(404, "slack/no-service.txt"),
                Answer.wire(410, "slack/channel-is-archived.txt"),
                Answer.wire(403, "slack/action-prohibited.txt"));
    }

    @Override
    List<Answer> refused() {
        return List.of(Answer.wire(400, "slack/invalid-blocks.txt"));
    }

    /** In plain text Slack reads its three entities, and these three signs not as themselves. */
    @Override
    String shown(String body) {
        return Texts.of(new JsonObject(body), part -> part.getString("type", "").matches("|header|section|plain_text"))
                .replaceAll("[<>]|&(?!lt;|gt;|amp;)", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    @Override
    void assertFits(String body) {
        var blocks = blocks(body);
        assertThat(blocks).hasSizeBetween(2, 50);
        assertThat(blocks.getFirst().getJsonObject("text").getString("text")).hasSizeLessThanOrEqualTo(150);
        assertThat(blocks)
                .filteredOn(block -> block.containsKey("text"))
                .allSatisfy(block -> assertThat(block.getJsonObject("text").getString("text"))
                        .isNotBlank()
                        .hasSizeLessThanOrEqualTo(3_000));
        assertThat(blocks)
                .filteredOn(block -> block.containsKey("fields"))
                .allSatisfy(block -> assertThat(block.getJsonArray("fields"))
                        .hasSizeBetween(1, 10)
                        .allSatisfy(field -> assertThat(((JsonObject) field).getString("text"))
                                .isNotBlank()
                                .hasSizeLessThanOrEqualTo(2_000)));
    }

    @Test
    void anAlertIsAHeaderItsParagraphsAndItsFigures() {
        var body = webhooks.body(receiver(FreePort.next()), Messages.critical(Ids.next(), "alert.firing"));

        assertThat(new JsonObject(body).getString("text"))
                .isEqualTo("Critical: ETH loan (warn me): ETH loan is at health factor 1.08. Liquidation costs 500 USD."
                        + " Repay 3,604 USDC.");
        assertThat(blocks(body)).extracting(block -> block.getString("type")).startsWith("header", "section");
        assertThat(shown(body).lines())
                .contains(
                        "Critical: ETH loan (warn me)",
                        "ETH loan is at health factor 1.08. Liquidation costs 500 USD.",
                        "Repay 3,604 USDC.",
                        "Health factor",
                        "1.08");
    }

    @Test
    void namesStandOnlyWhereSlackReadsNoMarkup() {
        var body = new JsonObject(webhooks.body(receiver(FreePort.next()), Messages.named("*ETH*")));

        assertThat(body.getBoolean("mrkdwn"))
                .as("markup is read in the fallback")
                .isFalse();
        assertThat(Texts.of(body, part -> part.getString("type", "").matches("header|section|mrkdwn")))
                .doesNotContain("*ETH*");
    }

    private static List<JsonObject> blocks(String body) {
        return new JsonObject(body)
                .getJsonArray("blocks").stream().map(JsonObject.class::cast).toList();
    }
}
