package dev.plimsoll.delivery.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.api.SparingProfile;
import dev.plimsoll.delivery.Channel;
import dev.plimsoll.delivery.Channel.Parcel;
import dev.plimsoll.delivery.DeliveryConfig;
import dev.plimsoll.delivery.HttpSender;
import dev.plimsoll.delivery.Message;
import dev.plimsoll.delivery.OneClickLinks;
import dev.plimsoll.delivery.Outcome;
import dev.plimsoll.delivery.Outcome.Delivered;
import dev.plimsoll.delivery.Outcome.Refused;
import dev.plimsoll.delivery.Outcome.Rejected;
import dev.plimsoll.delivery.Outcome.Retry;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.delivery.Settings;
import dev.plimsoll.delivery.Sighting;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(SparingProfile.class)
class PushoverChannelTest extends ChannelContract {

    @Inject
    HttpSender http;

    @Inject
    OneClickLinks links;

    private final LocalPushover service = new LocalPushover();
    private final UUID alert = Ids.next();
    private Channel pushover;

    @Override
    Channel channel() {
        return pushover;
    }

    @Override
    Receiver receiver(int port) {
        pushover = channel("http://127.0.0.1:" + port, Optional.of(TOKEN));
        return receiver(TOKEN + "0".repeat(30 - TOKEN.length()));
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void aCriticalAlertSoundsUntilItIsAcknowledgedHere() {
        tell("alert.firing");
        assertThat(service.sounding()).hasSize(1);

        tell("alert.acknowledged");
        assertThat(service.sounding()).isEmpty();
        assertThat(service.messages().getLast().getInteger("priority")).isEqualTo(-1);
    }

    @Test
    void whatIsOverSoundsNoLonger() {
        tell("alert.firing");
        tell("alert.repeated");
        assertThat(service.sounding()).hasSize(2);

        tell("alert.resolved");

        assertThat(service.sounding()).isEmpty();
        assertThat(service.messages().getLast().getInteger("priority")).isZero();
    }

    @Test
    void theEndOfOneAlertLeavesAnotherSounding() {
        tell("alert.firing");
        tell(Messages.critical(Ids.next(), "alert.resolved"));

        assertThat(service.sounding()).hasSize(1);
    }

    @Test
    void anEmergencyIsRepeatedEveryMinuteForThreeHours() {
        tell("alert.firing");

        var message = service.messages().getFirst();
        assertThat(message.getInteger("priority")).isEqualTo(2);
        assertThat(message.getInteger("retry")).isEqualTo(60);
        assertThat(message.getInteger("expire")).isEqualTo(10_800);
        assertThat(message.getString("title")).isEqualTo("Critical: ETH loan (warn me)");
        assertThat(message.getString("message"))
                .isEqualTo("ETH loan is at health factor 1.08. Liquidation costs 500 USD.\nRepay 3,604 USDC.");
    }

    @Test
    void aWarningIsLoudOnce() {
        tell(Messages.of(alert, "alert.firing", Severity.WARNING, "It is near."));
        tell(Messages.of(alert, "alert.repeated", Severity.WARNING, "It is still near."));

        assertThat(service.sounding()).isEmpty();
        assertThat(service.messages())
                .extracting(message -> message.getInteger("priority"))
                .containsExactly(1, 0);
    }

    @Test
    void whatNobodyCanAcknowledgeDoesNotSoundOn() {
        tell(Messages.plain("channel.disabled", Severity.CRITICAL, new JsonObject().put("text", "ops was disabled.")));

        assertThat(service.messages().getFirst().getInteger("priority")).isEqualTo(1);
    }

    @Test
    void whatUsersWroteIsShownLiterally() {
        tell(Messages.of(alert, "alert.firing", Severity.CRITICAL, "<b>Loan</b> & co"));

        assertThat(service.messages().getFirst().getString("message")).startsWith("<b>Loan</b> & co");
        assertThat(service.messages().getFirst().fieldNames()).doesNotContain("html");
    }

    @Test
    void aLongStoryIsCutBetweenCharacters() {
        assertThat(tell(Messages.of(alert, "alert.firing", Severity.CRITICAL, "🚢".repeat(2_000))))
                .isInstanceOf(Delivered.class);

        assertThat(service.messages().getFirst().getString("message")).isEqualTo("🚢".repeat(1_023) + "…");
    }

    @Test
    void anAcknowledgementThereIsSeen() {
        var receipt = receipt(tell("alert.firing"));
        assertThat(follow(receipt)).isInstanceOf(Sighting.Waiting.class);

        service.acknowledge(receipt);

        var seen = (Sighting.Acknowledged) follow(receipt);
        assertThat(seen.by()).contains("on grace-phone in Pushover");
        assertThat(seen.at()).isEqualTo(Instant.ofEpochSecond(1_795_255_502));
    }

    @Test
    void whatRanOutOrIsUnknownIsAskedForNoMore() {
        var receipt = receipt(tell("alert.firing"));
        service.expire(receipt);

        assertThat(follow(receipt)).isInstanceOf(Sighting.Over.class);
        assertThat(follow("unknown")).isInstanceOf(Sighting.Over.class);
    }

    @Test
    void aServiceInTroubleIsAskedAgainLater() {
        var receipt = receipt(tell("alert.firing"));
        service.fails(new LocalService.Answer(503, Map.of(), ""));

        assertThat(follow(receipt)).isEqualTo(new Sighting.Waiting(Duration.ofMinutes(1)));
    }

    @Test
    void anUnknownUserKeyDisablesTheChannel() {
        pushover = channel(service.url(), Optional.of(LocalPushover.APPLICATION));

        assertThat(deliver(receiver("x".repeat(30)), Messages.critical(alert, "alert.firing")))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void aMessageItDoesNotTakeIsNotTriedAgainAndDisablesNothing() {
        service.fails(LocalService.Answer.wire(400, "pushover/invalid-message.json"));

        assertThat(tell("alert.firing")).isInstanceOf(Refused.class);
    }

    @Test
    void aRefusedApplicationIsTheOperatorsFaultAndNotTheUsers() {
        pushover = channel(service.url(), Optional.of("another"));

        var outcome = deliver(receiver(LocalPushover.USER), Messages.critical(alert, "alert.firing"));

        assertThat(outcome).isInstanceOf(Retry.class);
        assertThat(outcome.why()).contains("its operator must mend");
    }

    @Test
    void whenTheMonthIsUsedUpItWaitsAsLongAsMayBe() {
        var nextMonth = String.valueOf(Instant.now().plusSeconds(86_400).getEpochSecond());
        service.fails(LocalService.Answer.wire(429, "pushover/over-quota.json").with("X-Limit-App-Reset", nextMonth));

        var outcome = (Retry) tell("alert.firing");

        assertThat(outcome.notBefore()).contains(Duration.ofHours(1));
    }

    @Test
    void whenItCannotBeCancelledBothAreTriedAgain() {
        tell("alert.firing");
        service.fails(new LocalService.Answer(500, Map.of(), ""));

        assertThat(tell("alert.resolved")).isInstanceOf(Retry.class);
        service.recovers();
        assertThat(tell("alert.resolved")).isInstanceOf(Delivered.class);

        assertThat(service.sounding()).isEmpty();
    }

    @Test
    void withoutAnApplicationThereAreNoSuchChannels() {
        assertThat(channel(service.url(), Optional.empty()).unavailable().orElseThrow())
                .contains("plimsoll.delivery.pushover.token");
    }

    @Test
    void soundsThatPushoverWouldRefuseAreRefusedAtStart() {
        assertThatThrownBy(() -> new PushoverMessage(links, Duration.ofSeconds(29), Duration.ofHours(1)))
                .hasMessageContaining("at least 30 s");
        assertThatThrownBy(() -> new PushoverMessage(links, Duration.ofSeconds(60), Duration.ofHours(4)))
                .hasMessageContaining("at most 3 h");
    }

    @Test
    void noKeyIsInWhatIsKept() {
        var body = channel(service.url(), Optional.of(LocalPushover.APPLICATION))
                .body(receiver(LocalPushover.USER), Messages.critical(alert, "alert.firing"));

        assertThat(body).doesNotContain(LocalPushover.APPLICATION, LocalPushover.USER);
    }

    private Outcome tell(String type) {
        return tell(Messages.critical(alert, type));
    }

    private Outcome tell(Message message) {
        pushover = channel(service.url(), Optional.of(LocalPushover.APPLICATION));
        return deliver(receiver(LocalPushover.USER), message);
    }

    private Outcome deliver(Receiver to, Message message) {
        var parcel = new Parcel(message.delivery(), Instant.now(), pushover.body(to, message));
        return pushover.send(to, parcel).await().atMost(Duration.ofSeconds(10));
    }

    private Sighting follow(String receipt) {
        return pushover.follow(receiver(LocalPushover.USER), receipt).await().atMost(Duration.ofSeconds(10));
    }

    private static String receipt(Outcome outcome) {
        return ((Delivered) outcome).receipt().orElseThrow().reference();
    }

    private Channel channel(String url, Optional<String> token) {
        return new PushoverChannel(http, links, new Set(URI.create(url), token), Duration.ofSeconds(3));
    }

    private static Receiver receiver(String user) {
        return new Receiver(Ids.next(), Ids.next(), "pushover", new Settings(Map.of("userKey", user)), List.of());
    }

    record Set(URI url, Optional<String> token) implements DeliveryConfig.Pushover {
        @Override
        public Duration soundsEvery() {
            return Duration.ofSeconds(60);
        }

        @Override
        public Duration soundsFor() {
            return Duration.ofHours(3);
        }

        @Override
        public int asksAtOnce() {
            return 20;
        }
    }
}
