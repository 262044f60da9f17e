package dev.plimsoll.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.delivery.DeliveryFixture.Hook;
import dev.plimsoll.delivery.TestReceiver.Answer;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class FailoverTest {
    @Inject
    DeliveryFixture given;

    @Inject
    Dispatch dispatch;

    @Inject
    Failover failover;

    @Inject
    Stragglers stragglers;

    @Inject
    ChannelStore channels;

    private final TestReceiver dead = new TestReceiver().answering(503);
    private final TestReceiver well = new TestReceiver();
    private UUID account;
    private UUID alert;
    private Hook first;

    @BeforeEach
    void anAlertForOneChannelThatIsDead() {
        given.clear();
        account = given.account();
        alert = given.alert(account);
        first = given.webhook(account, dead.url());
    }

    @AfterEach
    void close() {
        dead.close();
        well.close();
    }

    @Test
    void aCriticalMessageThatDidNotArriveWithinAMinuteGoesToAnotherChannelToo() {
        var second = given.webhook(account, well.url());
        given.put(notice(1, "alert.firing"));
        round();

        var early = given.now(failover.round());
        aMinutePasses();
        var late = given.now(failover.round());
        round();

        assertThat(early).isZero();
        assertThat(late).isEqualTo(1);
        assertThat(well.received()).extracting(TestReceiver.Received::text).containsExactly("alert.firing number 1");
        assertThat(states()).containsExactly("pending", "delivered");
        assertThat(given.deliveries(account).getLast().getUUID("channel_id")).isEqualTo(second.id());
        assertThat(given.deliveries(account).getLast().getString("failover"))
                .isEqualTo("failover: ops (the receiver answered 503) did not take it within 60 s");
    }

    @Test
    void aChannelThatIsAddedLaterIsToldWhatNoOtherCouldBeTold() {
        given.put(notice(1, "alert.firing"));
        round();
        aMinutePasses();
        var alone = given.now(failover.round());
        given.webhook(account, well.url());

        var early = given.now(failover.round());
        aMinutePasses();
        given.now(failover.round());
        round();

        assertThat(alone).isZero();
        assertThat(early).isZero();
        assertThat(well.received()).extracting(TestReceiver.Received::text).containsExactly("alert.firing number 1");
    }

    @Test
    void whatHasWaitedForHoursIsLookedAtMoreSeldom() {
        given.put(notice(1, "alert.firing"));
        given.sql("update delivery set created_at = now() - interval '20 hours'");
        aMinutePasses();

        given.now(failover.round());

        assertThat(given.sql("select from queue where failover_at between now() + interval '119 minutes'"
                        + " and now() + interval '121 minutes'"))
                .hasSize(1);
    }

    @Test
    void whatArrivedOnOneOfItsChannelsGoesToNoOther() {
        var second = given.webhook(account, well.url());
        given.webhook(account, well.url());
        given.put(given.notice(account, alert, 1, "alert.firing").to(List.of(first.id(), second.id())));
        round();

        aMinutePasses();

        assertThat(given.now(failover.round())).isZero();
        assertThat(well.received()).hasSize(1);
    }

    @Test
    void theChannelsOfTheEscalationComeFirstAndEachHasAMinute() {
        var stranger = given.webhook(account, dead.url());
        var later = given.webhook(account, dead.url());
        var sooner = given.webhook(account, dead.url());
        escalating(sooner, later);
        given.put(notice(1, "alert.firing"));

        var told = IntStream.range(0, 5)
                .mapToObj(minute -> {
                    round();
                    aMinutePasses();
                    given.now(failover.round());
                    var again = given.now(failover.round());
                    assertThat(again).isZero();
                    return channels();
                })
                .toList();

        assertThat(told.get(0)).containsExactly(first.id(), sooner.id());
        assertThat(told.get(1)).containsExactly(first.id(), sooner.id(), later.id());
        assertThat(told.get(2)).containsExactly(first.id(), sooner.id(), later.id(), stranger.id());
        assertThat(told.get(4)).isEqualTo(told.get(2));
    }

    @Test
    void aReceiverThatAsksForMoreThanAMinuteIsNotWaitedFor() {
        given.webhook(account, well.url());
        dead.answering((request, number) -> Answer.of(429, "Retry-After", "300"));
        given.put(notice(1, "alert.firing"));

        round();
        var added = given.now(failover.round());

        assertThat(added).isEqualTo(1);
    }

    @Test
    void whatGaveUpIsNotWaitedFor() {
        given.webhook(account, well.url());
        dead.answering(410);
        given.put(notice(1, "alert.firing"));

        round();
        given.now(failover.round());
        round();

        assertThat(well.received())
                .extracting(received -> received.json().getString("type"))
                .containsExactlyInAnyOrder("channel.disabled", "alert.firing");
        assertThat(given.deliveries(account).getLast().getString("failover")).contains("410 Gone");
        assertThat(given.sql("select from delivery where unheard")).isEmpty();
    }

    @Test
    void aWarningIsWorthNoOtherChannel() {
        given.webhook(account, well.url());
        var critical = notice(1, "alert.firing");
        given.put(new Notice(
                critical.id(),
                account,
                critical.alert(),
                critical.sequence(),
                critical.type(),
                Severity.WARNING,
                critical.at(),
                critical.channels(),
                critical.data(),
                critical.text()));
        round();

        aMinutePasses();

        assertThat(given.now(failover.round())).isZero();
        assertThat(given.sql("select from queue where failover_at is not null")).isEmpty();
    }

    @Test
    void thatItGetsWorseTwiceAMinuteDoesNotPutItOff() {
        given.webhook(account, well.url());
        given.put(notice(1, "alert.firing"));
        round();
        halfAMinutePasses();
        given.put(notice(2, "alert.worsened"));
        round();
        halfAMinutePasses();
        given.put(notice(3, "alert.worsened"));

        given.now(failover.round());
        round();

        assertThat(well.received()).extracting(TestReceiver.Received::text).containsExactly("alert.worsened number 3");
    }

    @Test
    void newsWaitsBehindOneThatIsBeingSentAndItsMinuteCountsFromTheFirst() {
        given.webhook(account, well.url());
        var before = new CountDownLatch(1);
        dead.answering((request, number) -> {
            if (number == 1) {
                given.put(notice(2, "alert.worsened"));
                before.countDown();
            }
            return Answer.of(503);
        });
        given.put(notice(1, "alert.firing"));
        given.sql("update queue set failover_at = now() - interval '1 second'");

        round();
        given.now(failover.round());

        assertThat(before.getCount()).isZero();
        assertThat(states()).containsExactly("superseded", "pending", "pending");
        assertThat(given.deliveries(account).getLast().getInteger("sequence")).isEqualTo(2);
    }

    @Test
    void whoWasToldInPlaceOfOthersHearsHowItGoesOnAndThatItIsOver() {
        given.webhook(account, well.url());
        given.put(notice(1, "alert.firing"));
        aMinutePasses();
        given.now(failover.round());
        round();

        given.put(notice(2, "alert.worsened"));
        round();
        given.put(notice(3, "alert.resolved"));
        round();

        assertThat(well.received())
                .extracting(TestReceiver.Received::text)
                .containsExactly("alert.firing number 1", "alert.worsened number 2", "alert.resolved number 3");
    }

    @Test
    void aNewerMessageTakesThePlaceOfOneThatFailedOver() {
        var second = given.webhook(account, dead.url());
        given.put(notice(1, "alert.firing"));
        aMinutePasses();
        given.now(failover.round());

        given.put(notice(2, "alert.worsened"));

        assertThat(states()).containsExactly("superseded", "superseded", "pending", "pending");
        assertThat(channels().subList(2, 4)).containsExactlyInAnyOrder(first.id(), second.id());
    }

    @Test
    void whatWaitedForAChannelThatIsDeletedIsShownAsFailedAndGoesToAnother() {
        given.webhook(account, well.url());
        given.put(notice(1, "alert.firing"));
        round();

        given.now(channels.delete(account, first.id(), channel -> {}));
        given.now(failover.round());
        round();

        var lost = given.deliveries(account).getFirst();
        var again = given.inOutbox((outbox, tx) -> outbox.redeliver(tx, lost.getUUID("id")));
        assertThat(lost.getString("state")).isEqualTo("failed");
        assertThat(lost.getString("reason")).isEqualTo("the channel was deleted");
        assertThat(well.received())
                .extracting(received -> received.json().getString("type"))
                .containsExactlyInAnyOrder("delivery.failed", "alert.firing");
        assertThat(again).isEqualTo(Outbox.Redelivery.NO_CHANNEL);
    }

    @Test
    void whatWaitsForAChannelThatIsNotActiveIsNotLeftToItsNextTry() {
        given.webhook(account, well.url());
        given.put(notice(1, "alert.firing"));
        round();
        given.sql("update channel set state = 'unverified' where id = $1", first.id());

        given.now(stragglers.round());
        given.now(failover.round());
        round();

        assertThat(states()).containsExactly("failed", "delivered");
        assertThat(given.deliveries(account).getFirst().getString("reason")).isEqualTo("the channel is not active");
    }

    @Test
    void nobodyIsWokenForWhatIsOver() {
        given.webhook(account, well.url());
        given.put(notice(1, "alert.firing"));
        given.sql("update alert set state = 'resolved', resolved_at = now()");

        aMinutePasses();

        assertThat(given.now(failover.round())).isZero();
    }

    @Test
    void nobodyElseIsWokenForWhatSomebodyAcknowledgedUntilItGetsWorse() {
        given.webhook(account, well.url());
        given.put(notice(1, "alert.firing"));
        given.sql("update alert set acknowledged_at = (select max(at) + interval '1 ms' from notice)");
        aMinutePasses();
        var acknowledged = given.now(failover.round());

        given.put(notice(2, "alert.worsened"));
        given.sql("update notice set at = at + interval '1 s' where sequence = 2");
        aMinutePasses();

        assertThat(acknowledged).isZero();
        assertThat(given.now(failover.round())).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"snoozed_until = now() + interval '1 hour'", "hush = 'silenced'"})
    void nobodyElseIsWokenForWhatSomebodySnoozedOrSilenced(String act) {
        given.webhook(account, well.url());
        given.put(notice(1, "alert.firing"));
        given.sql("update alert set " + act);

        aMinutePasses();

        assertThat(given.now(failover.round())).isZero();
    }

    @Test
    void severalReplicasTellAnotherChannelOnce() {
        IntStream.range(0, 5).forEach(i -> given.webhook(account, well.url()));
        IntStream.range(0, 50)
                .forEach(i -> given.put(given.notice(account, given.alert(account), 1, "alert.firing")
                        .to(List.of(first.id()))));
        aMinutePasses();

        var rounds = IntStream.range(0, 4)
                .mapToObj(replica -> failover.round().subscribeAsCompletionStage())
                .toList();
        var added = rounds.stream().mapToInt(CompletableFuture::join).sum();
        added += given.now(failover.round());

        assertThat(added).isEqualTo(50);
        assertThat(given.sql("select from delivery where failover is not null")).hasSize(50);
    }

    private Notice notice(int sequence, String type) {
        return given.notice(account, alert, sequence, type).to(List.of(first.id()));
    }

    private void escalating(Hook... steps) {
        var escalation = new JsonArray();
        for (var step : steps) {
            escalation.add(new JsonObject()
                    .put("after", "PT5M")
                    .put("channels", new JsonArray().add(step.id().toString())));
        }
        var rule = Ids.next();
        given.sql(
                "insert into rule (id, account_id, name, watches, condition, levels, escalation)"
                        + " values ($1, $2, 'critical', '{}', '{}', '[]', $3)",
                rule,
                account,
                escalation);
        given.sql("update alert set rule_id = $1 where id = $2", rule, alert);
    }

    private void round() {
        given.now(dispatch.round());
    }

    private void aMinutePasses() {
        given.sql("update queue set failover_at = failover_at - interval '61 seconds'");
    }

    private void halfAMinutePasses() {
        given.sql("update queue set failover_at = failover_at - interval '31 seconds'");
    }

    private List<String> states() {
        return given.deliveries(account).stream()
                .map(row -> row.getString("state"))
                .toList();
    }

    private List<UUID> channels() {
        return given.deliveries(account).stream()
                .map(row -> row.getUUID("channel_id"))
                .toList();
    }
}
