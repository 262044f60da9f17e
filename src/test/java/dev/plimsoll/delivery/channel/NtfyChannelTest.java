package dev.plimsoll.delivery.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.api.SparingProfile;
import dev.plimsoll.delivery.Channel;
import dev.plimsoll.delivery.Channel.Parcel;
import dev.plimsoll.delivery.Message;
import dev.plimsoll.delivery.Outcome;
import dev.plimsoll.delivery.Outcome.Delivered;
import dev.plimsoll.delivery.Outcome.Refused;
import dev.plimsoll.delivery.Outcome.Rejected;
import dev.plimsoll.delivery.Outcome.Retry;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.delivery.Settings;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(SparingProfile.class)
class NtfyChannelTest extends ChannelContract {

    @Inject
    NtfyChannel ntfy;

    private final LocalNtfy server = new LocalNtfy();
    private final UUID alert = Ids.next();

    @Override
    Channel channel() {
        return ntfy;
    }

    @Override
    Receiver receiver(int port) {
        return receiver(Map.of("url", "http://127.0.0.1:" + port + "/", "topic", TOKEN, "token", "tk_" + TOKEN));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aCriticalAlertIsAsLoudAsCanBe() {
        tell(Messages.critical(alert, "alert.firing"));

        var message = server.messages().getFirst();
        assertThat(message.getInteger("priority")).isEqualTo(5);
        assertThat(message.getString("topic")).isEqualTo("plimsoll-x7");
        assertThat(message.getString("title")).isEqualTo("Critical: ETH loan (warn me)");
        assertThat(message.getString("message"))
                .isEqualTo("ETH loan is at health factor 1.08. Liquidation costs 500 USD.\nRepay 3,604 USDC.");
    }

    @Test
    void aWarningIsLoudAndItsEndIsNot() {
        tell(Messages.of(alert, "alert.firing", Severity.WARNING, "It is near."));
        tell(Messages.of(alert, "alert.resolved", Severity.WARNING, "It is far."));

        assertThat(server.messages())
                .extracting(message -> message.getInteger("priority"))
                .containsExactly(4, 3);
    }

    @Test
    void aLongStoryIsCutBetweenCharacters() {
        var outcome = tell(Messages.of(alert, "alert.firing", Severity.CRITICAL, "🚢".repeat(2_000)));

        assertThat(outcome).isInstanceOf(Delivered.class);
        assertThat(server.messages().getFirst().getString("message")).isEqualTo("🚢".repeat(1_023) + "…");
        assertThat(server.messages().getFirst().getString("message").getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(4_096);
    }

    @Test
    void theProofShowsTheCode() {
        var data = new JsonObject().put("code", "c0de").put("text", "Post it to /verify.");

        tell(Messages.plain("channel.verification", Severity.INFO, data));

        assertThat(server.messages().getFirst().getString("message"))
                .isEqualTo("The code is c0de.\nPost it to /verify.");
    }

    @Test
    void withoutAPublicAddressThereIsNothingToClick() {
        tell(Messages.critical(alert, "alert.firing"));

        assertThat(server.messages().getFirst().fieldNames()).doesNotContain("click", "actions");
    }

    @Test
    void aProtectedTopicTakesTheToken() {
        var settings = Map.of("url", server.url(), "topic", LocalNtfy.PROTECTED, "token", LocalNtfy.ACCESS);

        assertThat(tell(receiver(settings), Messages.critical(alert, "alert.firing")))
                .isInstanceOf(Delivered.class);
    }

    @Test
    void aTopicThatIsForOthersDisablesTheChannel() {
        var withoutToken = Map.of("url", server.url(), "topic", LocalNtfy.PROTECTED);
        var wrongToken = Map.of("url", server.url(), "topic", LocalNtfy.PROTECTED, "token", "tk_wrong");

        assertThat(tell(receiver(withoutToken), Messages.critical(alert, "alert.firing")))
                .isInstanceOf(Rejected.class);
        assertThat(tell(receiver(wrongToken), Messages.critical(alert, "alert.firing")))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void aMessageTheServerDoesNotTakeIsNotTriedAgainAndDisablesNothing() {
        server.fails(LocalService.Answer.wire(400, "ntfy/invalid-message.json"));

        assertThat(tell(Messages.critical(alert, "alert.firing"))).isInstanceOf(Refused.class);
    }

    @Test
    void whenTheServerIsFloodedItIsTriedAgain() {
        server.fails(LocalService.Answer.wire(429, "ntfy/rate-limited.json"));

        assertThat(tell(Messages.critical(alert, "alert.firing"))).isInstanceOf(Retry.class);
    }

    @Test
    void whenTheDaysMessagesAreUsedUpItIsNotAskedEverySecond() {
        server.fails(LocalService.Answer.wire(429, "ntfy/daily-quota.json"));

        var outcome = (Retry) tell(Messages.critical(alert, "alert.firing"));

        assertThat(outcome.notBefore()).contains(Duration.ofMinutes(30));
    }

    @Test
    void theTopicIsNotInWhatIsKept() {
        var body = ntfy.body(receiver(1), Messages.critical(alert, "alert.firing"));

        assertThat(body).doesNotContain(TOKEN);
    }

    private Outcome tell(Message message) {
        return tell(receiver(Map.of("url", server.url(), "topic", "plimsoll-x7")), message);
    }

    private Outcome tell(Receiver to, Message message) {
        var parcel = new Parcel(message.delivery(), Instant.now(), ntfy.body(to, message));
        return ntfy.send(to, parcel).await().atMost(Duration.ofSeconds(10));
    }

    private static Receiver receiver(Map<String, String> settings) {
        return new Receiver(Ids.next(), Ids.next(), "ntfy", new Settings(settings), List.of());
    }
}
