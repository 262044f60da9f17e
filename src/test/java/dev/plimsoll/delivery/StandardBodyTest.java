package dev.plimsoll.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.delivery.Message.Replaced;
import dev.plimsoll.rule.Severity;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StandardBodyTest {
    private static final UUID ID = UUID.fromString("01a1fbc3-c327-7347-bab8-44c4c25a3487");
    private static final Instant AT = Instant.parse("2026-11-20T03:14:15Z");

    @Test
    void theBodyHasTypeTimeVersionAndDataInThisOrder() {
        var body = StandardBody.of(
                new Message(ID, "alert.firing", Severity.CRITICAL, AT, "{\"b\":\"1.10\",\"a\":1}", List.of()));

        assertThat(body)
                .isEqualTo("{\"type\":\"alert.firing\",\"timestamp\":\"2026-11-20T03:14:15Z\",\"apiVersion\":\"1\","
                        + "\"data\":{\"b\":\"1.10\",\"a\":1}}");
    }

    @Test
    void whatItReplacesIsToldInWordsAndAsAList() {
        var replaced = List.of(
                new Replaced("alert.firing", Instant.parse("2026-11-20T03:10:00Z")),
                new Replaced("alert.worsened", Instant.parse("2026-11-20T03:12:59Z")));

        var data = data(
                new Message(ID, "alert.resolved", Severity.CRITICAL, AT, "{\"text\":\"ETH loan is safe.\"}", replaced));

        assertThat(data.getString("text"))
                .isEqualTo("ETH loan is safe. Earlier messages did not reach you: fired 03:10, worsened 03:12 UTC.");
        assertThat(data.getJsonArray("replaced").getJsonObject(0))
                .isEqualTo(new JsonObject("{\"type\":\"alert.firing\",\"timestamp\":\"2026-11-20T03:10:00Z\"}"));
    }

    @Test
    void aBodyThatIsTooLongLosesWhatIsNeededLeast() {
        var prices = new JsonArray();
        IntStream.range(0, 1_000)
                .forEach(i -> prices.add(new JsonObject().put("asset", "ETH").put("price", "2981.11")));
        var data = new JsonObject()
                .put("alert", new JsonObject().put("id", "1"))
                .put("health", new JsonObject().put("healthFactor", "1.2297").put("prices", prices))
                .put("text", "ETH loan is at health factor 1.22.");

        var body = StandardBody.of(new Message(ID, "alert.firing", Severity.CRITICAL, AT, data.encode(), List.of()));

        assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(20_000);
        assertThat(new JsonObject(body).getJsonObject("data").getJsonObject("health"))
                .isEqualTo(new JsonObject().put("healthFactor", "1.2297"));
        assertThat(body).contains("ETH loan is at health factor 1.22.");
    }

    private static JsonObject data(Message message) {
        return new JsonObject(StandardBody.of(message)).getJsonObject("data");
    }
}
