package dev.plimsoll.delivery.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.api.SparingProfile;
import dev.plimsoll.delivery.Channel;
import dev.plimsoll.delivery.Message;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Ids;
import dev.plimsoll.wire.FreePort;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(SparingProfile.class)
class AlertmanagerFormatTest extends ChannelContract {
    @Inject
    WebhookChannel webhooks;

    private final Receiver receiver = WebhookChannelTest.to("alertmanager", FreePort.next());

    @Override
    Channel channel() {
        return webhooks;
    }

    @Override
    Receiver receiver(int port) {
        return WebhookChannelTest.to("alertmanager", port);
    }

    /** It has no limits of its own; what it says stands there twice. */
    @Override
    void assertFits(String body) {
        assertThat(body).hasSizeLessThan(64 * 1024);
    }

    @Test
    void thePayloadHasTheMembersOfARecordedOneAndNoOthers() {
        var recorded = new JsonObject(LocalService.read("alertmanager/firing.json"));

        var body = body(Messages.critical(Ids.next(), "alert.firing"));

        assertThat(body.fieldNames()).containsExactlyElementsOf(recorded.fieldNames());
        assertThat(alert(body).fieldNames())
                .containsExactlyElementsOf(alert(recorded).fieldNames());
        assertThat(body.getString("version")).isEqualTo(recorded.getString("version"));
        assertThat(body.getValue("truncatedAlerts")).isEqualTo(0);
    }

    @Test
    void whileItFiresItHasNoEnd() {
        var body = body(Messages.critical(Ids.next(), "alert.firing"));

        assertThat(body.getString("status")).isEqualTo("firing");
        assertThat(alert(body).getString("status")).isEqualTo("firing");
        assertThat(alert(body).getString("startsAt")).isEqualTo("2026-11-21T10:04:00Z");
        assertThat(alert(body).getString("endsAt")).isEqualTo("0001-01-01T00:00:00Z");
        assertThat(alert(body).getString("generatorURL")).startsWith("https://plimsoll.example/");
        assertThat(alert(body).getJsonObject("labels").getMap())
                .containsEntry("alertname", "warn me")
                .containsEntry("severity", "critical")
                .containsEntry("position", "ETH loan")
                .containsEntry("cost_centre", "7");
        assertThat(alert(body).getJsonObject("annotations").getMap())
                .containsEntry("summary", "Critical: ETH loan (warn me)")
                .containsEntry("remedy", "Repay 3,604 USDC.")
                .containsEntry("health_factor", "1.08");
    }

    @Test
    void itsEndIsOfTheSameAlertEvenWhenItGotWorse() {
        var id = Ids.next();
        var firing = body(Messages.of(id, "alert.firing", Severity.WARNING, "It is near."));
        var resolved = body(Messages.critical(id, "alert.resolved"));

        assertThat(resolved.getString("status")).isEqualTo("resolved");
        assertThat(alert(resolved).getString("endsAt")).isEqualTo("2026-11-21T10:14:00Z");
        assertThat(alert(resolved).getString("fingerprint"))
                .isEqualTo(alert(firing).getString("fingerprint"))
                .matches("[0-9a-f]{16}");
        assertThat(resolved.getString("groupKey")).isEqualTo(firing.getString("groupKey"));
    }

    /** The value of Prometheus' own test, {@code common/model/signature_test.go}. */
    @Test
    void fingerprintsAreMadeAsPrometheusMakesThem() {
        var labels = new TreeMap<>(Map.of("name", "garland, briggs", "fear", "love is not enough"));

        assertThat(AlertmanagerFormat.fingerprint(labels)).isEqualTo(Long.toHexString(5_799_056_148_416_392_346L));
    }

    private JsonObject body(Message message) {
        return new JsonObject(webhooks.body(receiver, message));
    }

    private static JsonObject alert(JsonObject body) {
        return body.getJsonArray("alerts").getJsonObject(0);
    }
}
