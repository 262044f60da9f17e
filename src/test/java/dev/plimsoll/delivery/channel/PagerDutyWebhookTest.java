package dev.plimsoll.delivery.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.delivery.Channel.Call;
import dev.plimsoll.delivery.Heard;
import dev.plimsoll.delivery.Heard.Acknowledged;
import dev.plimsoll.delivery.Heard.Nothing;
import dev.plimsoll.delivery.Heard.Refused;
import dev.plimsoll.unit.Ids;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagerDutyWebhookTest {
    private final UUID alert = Ids.next();

    @Test
    void anAcknowledgementThereIsOneHere() {
        assertThat(unsigned(webhook("acknowledged")))
                .isEqualTo(new Acknowledged(alert, Optional.of("by Grace Hopper in PagerDuty")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"resolved", "unacknowledged", "ping"})
    void allElseChangesNothing(String event) {
        assertThat(unsigned(webhook(event))).isInstanceOf(Nothing.class);
    }

    @Test
    void anIncidentThatIsNotOursChangesNothing() {
        var theirs = webhook("acknowledged").replace(alert.toString(), "d3640fbd41094207a1c11e58e46b1662");

        assertThat(unsigned(theirs)).isInstanceOf(Nothing.class);
    }

    /** The signatures were computed with {@code openssl dgst -sha256 -hmac}. */
    @Test
    void oneOfTheirSignaturesIsEnough() {
        var body = "{\"event\":{\"event_type\":\"pagey.ping\"}}";
        var ours = "v1=36e8f89b490b6b8851adc2b1f7fbcaa8e64a65117d8198c051f664907aa7b161";

        assertThat(signed(body, "v1=" + "0".repeat(64) + "," + ours)).isInstanceOf(Nothing.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1=", "v2=00", "v1=0000", "nonsense,,"})
    void whatIsNotSignedIsRefused(String signature) {
        assertThat(signed(webhook("acknowledged"), signature)).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\"event\"",
                "{\"event\":",
            })
    void whatIsNoJsonObjectIsRefused(String body) {
        assertThat(unsigned(body)).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"event\":7}",
                "{\"event\":{\"event_type\":[]}}",
                "{\"event\":{\"event_type\":\"incident.acknowledged\"}}",
                "{\"event\":{\"event_type\":\"incident.acknowledged\",\"data\":\"x\"}}",
                "{\"event\":{\"event_type\":\"incident.acknowledged\",\"data\":{\"incident_key\":5}}}"
            })
    void whatHasAnotherShapeChangesNothing(String body) {
        assertThat(unsigned(body)).isInstanceOf(Nothing.class);
    }

    @Test
    void nestingWithoutEndIsRefused() {
        assertThat(unsigned("{\"event\":".repeat(7_000))).isInstanceOf(Refused.class);
    }

    @Test
    void aNameIsShownWithoutWhatDoesNotPrint() {
        var named = webhook("acknowledged").replace("Grace Hopper", "Grace\\u0000\\u202e\\n" + "x".repeat(200));

        var heard = (Acknowledged) unsigned(named);

        assertThat(heard.by().orElseThrow()).startsWith("by Grace ").matches("[\\x20-\\x7e…]{1,130}");
    }

    private String webhook(String event) {
        return LocalService.read("pagerduty/webhook-" + event + ".json").replace("ALERT", alert.toString());
    }

    private static Heard unsigned(String body) {
        return PagerDutyWebhook.hear(Optional.empty(), new Call(name -> null, Buffer.buffer(body)));
    }

    private static Heard signed(String body, String signature) {
        var headers = Map.of("X-PagerDuty-Signature", signature);
        return PagerDutyWebhook.hear(
                Optional.of("a-signing-secret-of-ours"), new Call(headers::get, Buffer.buffer(body)));
    }
}
