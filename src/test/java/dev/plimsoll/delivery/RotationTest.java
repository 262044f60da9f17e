package dev.plimsoll.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.plimsoll.delivery.DeliveryFixture.Hook;
import dev.plimsoll.delivery.TestReceiver.Received;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Receivers hold every message against Standard Webhooks' own library, with whichever secret they know. */
@QuarkusTest
class RotationTest {
    private static final List<String> TYPES = List.of(
            "alert.firing",
            "alert.worsened",
            "alert.repeated",
            "alert.escalated",
            "alert.eased",
            "alert.resolved",
            "alert.acknowledged",
            "alert.snoozed",
            "position.liquidated",
            "channel.disabled",
            "delivery.failed",
            "sight.regained",
            "operator.blind");

    @Inject
    DeliveryFixture given;

    @Inject
    Dispatch dispatch;

    @Inject
    ChannelStore channels;

    @Inject
    SecretRotation rotation;

    @Inject
    ChannelTrial trial;

    private final TestReceiver receiver = new TestReceiver();
    private UUID account;
    private Hook hook;

    @BeforeEach
    void oneWebhook() {
        given.clear();
        account = given.account();
        hook = given.webhook(account, receiver.url());
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void everyMessageIsAcceptedBeforeDuringAndAfterARotation() {
        var old = hook.secret();
        var fresh = WebhookSecret.generate();

        var before = everyMessage();
        rotateTo(fresh);
        var during = everyMessage();
        given.sql("update channel set old_secret_until = now() where id = $1", hook.id());
        var after = everyMessage();

        assertThat(before).allSatisfy(message -> accepts(message, old)).allSatisfy(message -> refuses(message, fresh));
        assertThat(during).allSatisfy(message -> accepts(message, old)).allSatisfy(message -> accepts(message, fresh));
        assertThat(after).allSatisfy(message -> refuses(message, old)).allSatisfy(message -> accepts(message, fresh));
    }

    @Test
    void aReceiverThatMissedARotationStillKnowsWhatComesAfterTheNext() {
        var old = hook.secret();
        var lost = WebhookSecret.generate();
        var fresh = WebhookSecret.generate();

        rotateTo(lost);
        rotateTo(fresh);
        var during = everyMessage();
        given.sql("update channel set old_secret_until = now() where id = $1", hook.id());
        var after = everyMessage();

        assertThat(during)
                .allSatisfy(message -> accepts(message, old))
                .allSatisfy(message -> accepts(message, lost))
                .allSatisfy(message -> accepts(message, fresh));
        assertThat(after).allSatisfy(message -> refuses(message, old)).allSatisfy(message -> refuses(message, lost));
    }

    /** All that are queued, the proof and the test, in whatever order they came. */
    private List<Received> everyMessage() {
        var already = receiver.received().size();
        TYPES.forEach(type -> given.put(given.notice(account, given.alert(account), 1, type)));
        given.now(dispatch.round());
        var to = given.now(channels.receiver(account, hook.id())).orElseThrow();
        given.now(trial.prove(to, ProofCode.generate()));
        given.now(trial.test(to));
        var messages = receiver.received().subList(already, receiver.received().size());
        assertThat(messages)
                .extracting(message -> message.json().getString("type"))
                .containsAll(TYPES)
                .contains("channel.verification", "alert.test");
        return List.copyOf(messages);
    }

    private void rotateTo(WebhookSecret fresh) {
        assertThat(given.now(rotation.rotate(account, hook.id(), fresh))).isTrue();
    }

    private static void accepts(Received message, WebhookSecret secret) {
        assertThatNoException().isThrownBy(() -> message.verify(secret));
    }

    private static void refuses(Received message, WebhookSecret secret) {
        assertThatThrownBy(() -> message.verify(secret)).isInstanceOf(WebhookVerificationException.class);
    }
}
