package dev.plimsoll.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookSignatureTest {

    /** Computed elsewhere, see reference/delivery.md. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw | msg_p5jXN8AQM9LWM0D4loKWxJek | 1614265330"
                        + " | {\"test\": 2432232314} | v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw | msg_1 | 1789990000"
                        + " | {\"type\":\"position.alert\",\"timestamp\":\"2026-09-21T10:00:00Z\",\"data\":{\"id\":\"a1\"}}"
                        + " | v1,kqRy+J9gGKZzf2L+5M1d2yAZuDyX7qG7SudFIxOOcCY=",
                "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD | msg_1 | 1789990000"
                        + " | {\"type\":\"position.alert\",\"timestamp\":\"2026-09-21T10:00:00Z\",\"data\":{\"id\":\"a1\"}}"
                        + " | v1,iiX0NWyJ53wSW0PYAXCYN0NWDU2wTGcXf6faWtfKfVM="
            })
    void knownVectorsAreSignedAsKnown(String secret, String id, long second, String body, String signature) {
        var signed = WebhookSignature.of(id, Instant.ofEpochSecond(second), body, List.of(new WebhookSecret(secret)));

        assertThat(signed).isEqualTo(signature);
    }

    @Test
    void theOfficialLibraryVerifiesWhatWeSignWithTwoSecrets() throws Exception {
        var old = WebhookSecret.generate();
        var fresh = WebhookSecret.generate();
        var now = Instant.now();
        var body = "{\"text\":\"ä 💧\"}";
        var headers = HttpHeaders.of(
                Map.of(
                        "webhook-id", List.of("msg_1"),
                        "webhook-timestamp", List.of(String.valueOf(now.getEpochSecond())),
                        "webhook-signature", List.of(WebhookSignature.of("msg_1", now, body, List.of(fresh, old)))),
                (name, value) -> true);

        for (var secret : List.of(old, fresh)) {
            var verifier = new Webhook(secret.value());
            assertThatCode(() -> verifier.verify(body, headers)).doesNotThrowAnyException();
        }
    }

    @Test
    void aSecretHas32RandomBytesAndDoesNotShowItself() {
        var secret = WebhookSecret.generate();

        assertThat(Base64.getDecoder().decode(secret.value().substring(6))).hasSize(32);
        assertThat(secret).hasToString("whsec_…");
        assertThat(secret).isNotEqualTo(WebhookSecret.generate());
    }
}
