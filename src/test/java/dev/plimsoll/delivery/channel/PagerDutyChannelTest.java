package dev.plimsoll.delivery.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.api.SparingProfile;
import dev.plimsoll.delivery.Channel;
import dev.plimsoll.delivery.Channel.Parcel;
import dev.plimsoll.delivery.HttpSender;
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
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(SparingProfile.class)
class PagerDutyChannelTest extends ChannelContract {
    private static final String KEY = TOKEN + "0".repeat(32 - TOKEN.length());

    @Inject
    HttpSender http;

    private final LocalPagerDuty service = new LocalPagerDuty();
    private final UUID alert = Ids.next();
    private Channel pager;

    @Override
    Channel channel() {
        return pager;
    }

    @Override
    Receiver receiver(int port) {
        var url = URI.create("http://127.0.0.1:" + port);
        pager = new PagerDutyChannel(http, url, url);
        return receiver(Map.of("routingKey", KEY));
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void anAlertIsOneIncidentFromItsFirstMessageToItsLast() {
        tell("alert.firing");
        tell("alert.worsened");
        assertThat(service.incident(alert.toString())).isEqualTo("triggered");

        tell("alert.acknowledged");
        assertThat(service.incident(alert.toString())).isEqualTo("acknowledged");

        tell("alert.resolved");
        assertThat(service.incidents()).isEqualTo(Map.of(alert.toString(), "resolved"));
        assertThat(service.actions()).containsExactly("trigger", "trigger", "acknowledge", "resolve");
    }

    @Test
    void whoIsWokenReadsWhatHappenedAndWhatToDo() {
        tell("alert.firing");

        var payload = service.events().getFirst().getJsonObject("payload");
        assertThat(payload.getString("summary"))
                .isEqualTo("ETH loan is at health factor 1.08. Liquidation costs 500 USD. Repay 3,604 USDC.");
        assertThat(payload.getString("severity")).isEqualTo("critical");
        assertThat(payload.getString("timestamp")).isEqualTo("2026-11-21T10:04:00Z");
        assertThat(payload.getString("component")).isEqualTo("ETH loan");
        assertThat(payload.getJsonObject("custom_details").getMap())
                .containsEntry("Health factor", "1.08")
                .containsEntry("what to do", "Repay 3,604 USDC.");
    }

    @Test
    void severitiesAreTheirs() {
        for (var severity : Severity.values()) {
            tell(Messages.of(Ids.next(), "alert.firing", severity, "It is near."));
        }

        assertThat(service.events())
                .extracting(event -> event.getJsonObject("payload").getString("severity"))
                .containsExactlyInAnyOrder("info", "warning", "critical");
    }

    @Test
    void aLongStoryIsCutBetweenCharacters() {
        var outcome = tell(Messages.of(alert, "alert.firing", Severity.CRITICAL, "🚢".repeat(2_000)));

        assertThat(outcome).isInstanceOf(Delivered.class);
        assertThat(service.events().getFirst().getJsonObject("payload").getString("summary"))
                .isEqualTo("🚢".repeat(1_023) + "…");
    }

    @Test
    void theProofIsOneIncidentThatShowsTheCode() {
        var data = new JsonObject().put("code", "c0de").put("text", "Post it to /verify.");
        var receiver = receiver();

        tell(receiver, Messages.plain("channel.verification", Severity.INFO, data));
        tell(receiver, Messages.plain("channel.verification", Severity.INFO, data));

        assertThat(service.incidents()).hasSize(1);
        assertThat(service.events().getFirst().getJsonObject("payload").getString("summary"))
                .isEqualTo("The code is c0de. Post it to /verify.");
    }

    @Test
    void whatBelongsToNoAlertIsAnIncidentOfItsOwn() {
        tell(Messages.plain("channel.disabled", Severity.CRITICAL, new JsonObject().put("text", "ops was disabled.")));
        tell(Messages.plain("channel.disabled", Severity.CRITICAL, new JsonObject().put("text", "dev was disabled.")));

        assertThat(service.incidents()).hasSize(2);
    }

    @Test
    void aKeyThatIsNoKeyDisablesTheChannel() {
        service.fails(LocalService.Answer.wire(400, "pagerduty/invalid-key.json"));

        assertThat(tell("alert.firing")).isInstanceOf(Rejected.class);
    }

    @Test
    void anEventTheyDoNotTakeIsNotTriedAgainAndDisablesNothing() {
        service.fails(LocalService.Answer.wire(400, "pagerduty/invalid-event.json"));

        assertThat(tell("alert.firing")).isInstanceOf(Refused.class);
    }

    @Test
    void whenTheyAreFloodedItIsTriedAgain() {
        service.fails(
                LocalService.Answer.wire(429, "pagerduty/rate-limited.json").with("Retry-After", "120"));

        var outcome = tell("alert.firing");

        assertThat(((Retry) outcome).notBefore()).contains(Duration.ofMinutes(2));
    }

    @Test
    void anAccountInEuropeIsCalledThere() {
        pager = new PagerDutyChannel(http, URI.create("http://127.0.0.1:1"), URI.create(service.url()));

        var outcome =
                deliver(receiver(Map.of("routingKey", KEY, "region", "eu")), Messages.critical(alert, "alert.firing"));

        assertThat(outcome).isInstanceOf(Delivered.class);
    }

    @Test
    void theKeyIsNotInWhatIsKept() {
        var body = new PagerDutyChannel(http, URI.create(service.url()), URI.create(service.url()))
                .body(receiver(Map.of("routingKey", KEY)), Messages.critical(alert, "alert.firing"));

        assertThat(body).doesNotContain(KEY);
    }

    private Outcome tell(String type) {
        return tell(Messages.critical(alert, type));
    }

    private Outcome tell(Message message) {
        return tell(receiver(), message);
    }

    private Outcome tell(Receiver to, Message message) {
        pager = new PagerDutyChannel(http, URI.create(service.url()), URI.create(service.url()));
        return deliver(to, message);
    }

    private Outcome deliver(Receiver to, Message message) {
        var parcel = new Parcel(message.delivery(), Instant.now(), pager.body(to, message));
        return pager.send(to, parcel).await().atMost(Duration.ofSeconds(60));
    }

    private static Receiver receiver() {
        return receiver(Map.of("routingKey", KEY));
    }

    private static Receiver receiver(Map<String, String> settings) {
        return new Receiver(Ids.next(), Ids.next(), "pagerduty", new Settings(settings), List.of());
    }
}
