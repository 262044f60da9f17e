package dev.plimsoll.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.telegram.TelegramAtHand;
import dev.plimsoll.telegram.TelegramServer;
import dev.plimsoll.wire.FreePort;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(TelegramWebhookTest.Called.class)
class TelegramWebhookTest {
    private static final String SECRET = "the-secret-of-this-test";
    private static final String HEADER = "X-Telegram-Bot-Api-Secret-Token";
    private static final int FEW = 5;

    TelegramServer telegram;

    /** Telegram calls, and the whole application answers. */
    public static class Called implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            var port = Integer.toString(FreePort.next());
            return Map.of(
                    "quarkus.http.test-port",
                    port,
                    "plimsoll.api.public-url",
                    "http://127.0.0.1:" + port,
                    "plimsoll.api.limits.per-address",
                    Integer.toString(FEW),
                    "plimsoll.delivery.telegram.webhook",
                    "true",
                    "plimsoll.delivery.telegram.webhook-secret",
                    SECRET,
                    "plimsoll.pipeline.chat",
                    "true");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(TelegramAtHand.class));
        }
    }

    @Test
    void telegramCallsAsOftenAsPeopleWriteAndEachIsAnswered() {
        await().until(telegram::isWebhookSet);
        var ada = telegram.person("Ada");

        IntStream.range(0, 3 * FEW).forEach(turn -> ada.writes("/help"));

        await().until(() -> telegram.waitingUpdates() == 0 && ada.heard().size() >= 3 * FEW);
        assertThat(telegram.calls("getUpdates")).isEmpty();
    }

    @Test
    void nobodyElseMayCall() {
        var update = "{\"update_id\":1}";

        given().body(update).post("/telegram/webhook").then().statusCode(404);
        given().header(HEADER, "guessed")
                .body(update)
                .post("/telegram/webhook")
                .then()
                .statusCode(404);
        given().header(HEADER, SECRET)
                .body("no update")
                .post("/telegram/webhook")
                .then()
                .statusCode(400);
    }

    @Test
    void theTokenIsInNoMetric() {
        await().until(telegram::isWebhookSet);

        var metrics = Management.metrics();

        assertThat(metrics)
                .contains("plimsoll_")
                .doesNotContain("canary-bot-token")
                .doesNotContain("7000000001");
    }
}
