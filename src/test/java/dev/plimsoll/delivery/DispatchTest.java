package dev.plimsoll.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.plimsoll.delivery.TestReceiver.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DispatchTest {
    @Inject
    DeliveryFixture given;

    @Inject
    Dispatch dispatch;

    private final TestReceiver receiver = new TestReceiver();
    private final TestReceiver other = new TestReceiver();
    private UUID account;

    @BeforeEach
    void oneAccount() {
        given.clear();
        account = given.account();
    }

    @AfterEach
    void close() {
        receiver.close();
        other.close();
    }

    @Test
    void aNoticeGoesToEveryActiveChannelSignedAndIsRecorded() throws Exception {
        var first = given.webhook(account, receiver.url());
        var second = given.webhook(account, other.url());
        given.webhook(account, receiver.url(), "unverified");
        given.put(given.notice(account, given.alert(account), 1, "alert.firing"));

        var sent = round();

        assertThat(sent).isEqualTo(2);
        receiver.received().getFirst().verify(first.secret());
        other.received().getFirst().verify(second.secret());
        assertThat(receiver.received()).hasSize(1);
        assertThat(receiver.received().getFirst().path()).isEqualTo("/hook?token=TOKEN");
        assertThat(receiver.received().getFirst().json().getString("type")).isEqualTo("alert.firing");
        assertThat(states()).containsExactly("delivered", "delivered");
        assertThat(given.attempts(account))
                .extracting(row -> row.getString("outcome") + " " + row.getInteger("status"))
                .containsExactly("delivered 200", "delivered 200");
        assertThat(given.sql("select from queue")).isEmpty();
    }

    @Test
    void whatIsHeldBackIsSentWhenItsTimeHasComeAndNotBefore() {
        given.webhook(account, receiver.url());
        var alert = given.alert(account);
        given.put(given.held(given.notice(account, alert, 1, "alert.firing"), Duration.ofHours(8)));

        var early = round();
        given.everythingIsDue();
        var late = round();

        assertThat(early).isZero();
        assertThat(late).isEqualTo(1);
        assertThat(states()).containsExactly("delivered");
    }

    @Test
    void whatIsSilencedReachesNoChannelThatBecomesActiveMeanwhile() {
        var alert = given.alert(account);
        given.sql("update alert set hush = 'silenced' where id = $1", alert);
        given.put(given.notice(account, alert, 1, "alert.firing"));
        given.put(given.silenced(given.notice(account, alert, 2, "alert.worsened")));
        var hook = given.webhook(account, receiver.url());

        var reached = given.inOutbox((outbox, tx) -> outbox.reach(tx, hook.id()));
        var repaired = given.inOutbox(Outbox::reachMissed);

        assertThat(reached).isZero();
        assertThat(repaired).isZero();
    }

    @Test
    void eachAttemptCarriesTheSameIdAndBodyAndItsOwnTime() throws Exception {
        var hook = given.webhook(
                account,
                receiver.answering((r, n) -> Answer.of(n < 3 ? 503 : 204)).url());
        given.put(given.notice(account, given.alert(account), 1, "alert.firing"));

        for (int i = 0; i < 3; i++) {
            round();
            given.everythingIsDue();
        }

        assertThat(receiver.received())
                .hasSize(3)
                .extracting(r -> r.id() + r.body())
                .containsOnly(receiver.received().getFirst().id()
                        + receiver.received().getFirst().body());
        for (var received : receiver.received()) {
            received.verify(hook.secret());
        }
        assertThat(states()).containsExactly("delivered");
        assertThat(given.attempts(account))
                .extracting(row -> row.getInteger("number"))
                .containsExactly(1, 2, 3);
    }

    @Test
    void aDeliveryThatFailedWaitsFiveSecondsAndSaysWhy() {
        given.webhook(account, receiver.answering(500).url());
        given.put(given.notice(account, given.alert(account), 1, "alert.firing"));

        round();
        round();

        assertThat(receiver.received()).hasSize(1);
        assertThat(deliveries().getFirst().getString("reason")).isEqualTo("the receiver answered 500");
        assertIsDue(4.5, 5.5);
        assertThat(given.attempts(account).getFirst().getOffsetDateTime("next_at"))
                .isNotNull();
    }

    @Test
    void retryAfterIsHonoured() {
        given.webhook(
                account,
                receiver.answering((r, n) -> Answer.of(429, "Retry-After", "120"))
                        .url());
        given.put(given.notice(account, given.alert(account), 1, "alert.firing"));

        round();

        assertIsDue(120, 120);
    }

    @Test
    void whatReplacesADeliveryRestsAsLongAsItsReceiverAsked() {
        given.webhook(
                account,
                receiver.answering((r, n) -> Answer.of(429, "Retry-After", "120"))
                        .url());
        var alert = given.alert(account);
        given.put(given.notice(account, alert, 1, "alert.firing"));
        round();

        given.put(given.notice(account, alert, 2, "alert.worsened"));

        assertThat(states()).containsExactly("superseded", "pending");
        assertIsDue(120, 120);
    }

    @Test
    void aNewerMessageTakesThePlaceOfOneThatDidNotArriveAndTellsOfIt() {
        given.webhook(
                account,
                receiver.answering((r, n) -> Answer.of(n == 1 ? 500 : 200)).url());
        var alert = given.alert(account);
        given.put(given.notice(account, alert, 1, "alert.firing"));
        round();

        given.put(given.notice(account, alert, 2, "alert.resolved"));
        round();

        assertThat(states()).containsExactly("superseded", "delivered");
        assertThat(receiver.received().getLast().text())
                .isEqualTo("alert.resolved number 2 Earlier messages did not reach you: fired 03:11 UTC.");
    }

    @Test
    void aRepetitionWaitsBehindNewsAndIsSentAfterIt() {
        given.webhook(
                account,
                receiver.answering((r, n) -> Answer.of(n == 1 ? 500 : 200)).url());
        var alert = given.alert(account);
        given.put(given.notice(account, alert, 1, "alert.firing"));
        round();

        given.put(given.notice(account, alert, 2, "alert.repeated"));
        given.everythingIsDue();
        round();
        round();

        assertThat(states()).containsExactly("delivered", "delivered");
        assertThat(receiver.received())
                .extracting(r -> r.json().getString("type"))
                .containsExactly("alert.firing", "alert.firing", "alert.repeated");
    }

    @Test
    void whatIsBeingSentWhenItsAlertEndsWithoutAWordIsNotTriedAgain() {
        given.webhook(account, receiver.url());
        var alert = given.alert(account);
        receiver.answering((request, number) -> {
            given.put(given.silenced(given.notice(account, alert, 2, "alert.resolved")));
            return Answer.of(503);
        });
        given.put(given.notice(account, alert, 1, "alert.firing"));

        given.now(dispatch.round());

        assertThat(given.deliveries(account))
                .extracting(row -> row.getString("state"))
                .containsExactly("superseded", "suppressed");
        assertThat(given.sql("select from queue")).isEmpty();
    }

    @Test
    void whatComesWhileOneIsBeingSentIsNextAndGoesAfterIt() {
        var arrived = new CountDownLatch(1);
        var proceed = new CountDownLatch(1);
        given.webhook(
                account,
                receiver.answering((r, n) -> {
                            arrived.countDown();
                            proceed.await();
                            return Answer.of(200);
                        })
                        .url());
        var alert = given.alert(account);
        given.put(given.notice(account, alert, 1, "alert.firing"));
        var running = dispatch.round().subscribeAsCompletionStage();
        await().until(() -> arrived.getCount() == 0);

        given.put(given.notice(account, alert, 2, "alert.worsened"));
        given.put(given.notice(account, alert, 3, "alert.worsened"));
        proceed.countDown();
        running.join();
        round();

        assertThat(states()).containsExactly("delivered", "superseded", "delivered");
        assertThat(receiver.received().getLast().text()).endsWith("worsened 03:12 UTC.");
    }

    @Test
    void gone410DisablesTheChannelAtOnceAndTheOwnerHearsItElsewhere() {
        var hook = given.webhook(account, receiver.answering(410).url());
        given.webhook(account, other.url());
        given.put(given.notice(account, given.alert(account), 1, "alert.firing"));

        round();
        round();

        var channel =
                given.sql("select * from channel where id = $1", hook.id()).getFirst();
        assertThat(channel.getString("state")).isEqualTo("disabled");
        assertThat(channel.getString("disabled_reason")).isEqualTo("the receiver answered 410 Gone");
        assertThat(receiver.received()).hasSize(1);
        var told = other.received().getLast().json();
        assertThat(told.getString("type")).isEqualTo("channel.disabled");
        assertThat(told.getJsonObject("data").getJsonObject("channel").getString("id"))
                .isEqualTo(hook.id().toString());
        assertThat(told.encode()).contains("alert.firing number 1").doesNotContain("TOKEN");
    }

    @Test
    void aMessageThatIsNeverTakenIsToldElsewhereAndTheNextGoesToTheSameChannel() {
        TestReceiver.Behaviour invalid = (request, number) -> new TestReceiver.Answer(400, Map.of(), "invalid_blocks");
        var hook = given.webhook(account, receiver.answering(invalid).url(), Map.of("format", "slack"));
        given.webhook(account, other.url());
        given.put(given.notice(account, given.alert(account), 1, "alert.firing"));
        round();
        round();

        receiver.answering(200);
        given.put(given.notice(account, given.alert(account), 1, "alert.firing"));
        round();

        assertThat(given.sql("select state from channel where id = $1", hook.id())
                        .getFirst()
                        .getString("state"))
                .isEqualTo("active");
        assertThat(given.sql("select reason from delivery where state = 'failed'")
                        .getFirst()
                        .getString("reason"))
                .isEqualTo("Slack answered 400 invalid_blocks");
        assertThat(receiver.received()).hasSize(2);
        assertThat(other.received())
                .extracting(message -> message.json().getString("type"))
                .contains("delivery.failed");
    }

    @Test
    void afterTheLastTryADeliveryIsShownAsFailedAndTheOwnerHearsItElsewhere() {
        given.webhook(account, receiver.answering(500).url());
        given.webhook(account, other.url());
        given.put(given.notice(account, given.alert(account), 1, "alert.firing"));

        for (int i = 0; i < 17; i++) {
            round();
            given.everythingIsDue();
        }

        assertThat(receiver.received()).hasSize(16);
        assertThat(states()).contains("failed");
        assertThat(given.sql("select reason from delivery where state = 'failed'")
                        .getFirst()
                        .getString("reason"))
                .isEqualTo("given up after 16 tries: the receiver answered 500");
        assertThat(other.received().getLast().json().getString("type")).isEqualTo("delivery.failed");
    }

    @Test
    void aNoticeThatReachesNobodyIsKeptWithItsReasonAndToldWhenAChannelBecomesActive() {
        var alert = given.alert(account);
        given.put(given.notice(account, alert, 1, "alert.firing"));
        given.put(given.notice(account, alert, 2, "alert.worsened"));
        assertThat(deliveries())
                .extracting(row -> row.getString("state") + ": " + row.getString("reason"))
                .containsOnly("suppressed: no active channel");

        var hook = given.webhook(account, receiver.url());
        var reached = given.inOutbox((outbox, tx) -> outbox.reach(tx, hook.id()));
        round();

        assertThat(reached).isEqualTo(1);
        assertThat(receiver.received())
                .extracting(TestReceiver.Received::text)
                .containsExactly("alert.worsened number 2");
        var again = given.inOutbox((outbox, tx) -> outbox.reach(tx, hook.id()));
        assertThat(again).isZero();
    }

    @Test
    void whatNobodyWasToldIsMadeUpForWhenNobodyAskedForIt() {
        var alert = given.alert(account);
        given.put(given.notice(account, alert, 1, "alert.firing"));
        given.put(given.notice(account, alert, 2, "alert.worsened"));
        given.webhook(account, receiver.url()); // and the process died

        var missed = given.inOutbox(Outbox::reachMissed);
        round();

        assertThat(missed).isEqualTo(1);
        assertThat(receiver.received())
                .extracting(TestReceiver.Received::text)
                .containsExactly("alert.worsened number 2");
    }

    @Test
    void whatIsPendingDeliveredOrFailedIsNotMadeUpFor() {
        given.webhook(account, receiver.url());
        given.put(given.notice(account, given.alert(account), 1, "alert.firing"));
        var pending = given.inOutbox(Outbox::reachMissed);
        given.webhook(account, other.url());
        var another = given.inOutbox(Outbox::reachMissed);
        round();
        var delivered = given.inOutbox(Outbox::reachMissed);
        given.sql("update delivery set state = 'failed', reason = 'gone'");
        var failed = given.inOutbox(Outbox::reachMissed);

        assertThat(List.of(pending, another, delivered, failed)).containsOnly(0);
        assertThat(deliveries()).hasSize(1);
    }

    @Test
    void anAlertThatNobodyWasToldOfIsNotMadeUpForOnceItIsOver() {
        given.put(given.notice(account, given.alert(account), 1, "alert.firing"));
        given.webhook(account, receiver.url());
        given.sql("update alert set state = 'resolved', resolved_at = now()");

        assertThat(given.inOutbox(Outbox::reachMissed)).isZero();
    }

    @Test
    void whatBecomesOpenWhileANewerNoticeWaitsForItsPlaceIsReplacedByIt() {
        var hook = given.webhook(account, receiver.url());
        var alert = given.alert(account);
        given.put(given.notice(account, alert, 1, "alert.firing"));
        given.sql("update queue set leased_until = now() + interval '1 minute'");
        given.put(given.notice(account, alert, 2, "alert.worsened"));
        var first = deliveries().getFirst().getUUID("id");
        var second = deliveries().getLast().getUUID("id");
        var newer = new CompletableFuture<CompletionStage<Void>>();

        given.now(given.engine.withTransaction(courier -> courier.query("select delivery_id from queue for update")
                .execute()
                .invoke(() -> newer.complete(given.engine
                        .withTransaction(watch ->
                                given.outbox.put(watch, List.of(given.notice(account, alert, 3, "alert.resolved"))))
                        .subscribeAsCompletionStage()))
                .chain(() -> given.engine
                        .query(
                                "select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%for update of q%'")
                        .execute()
                        .repeat()
                        .until(rows -> rows.size() > 0)
                        .collect()
                        .last())
                .chain(() -> courier.preparedQuery("delete from queue where delivery_id = $1")
                        .execute(Tuple.of(first)))
                .chain(() -> courier.preparedQuery(
                                "update delivery set state = 'delivered', slot = null, done_at = now() where id = $1")
                        .execute(Tuple.of(first)))
                .chain(() -> courier.preparedQuery("update delivery set slot = 'open' where id = $1")
                        .execute(Tuple.of(second)))
                .chain(() -> courier.preparedQuery(
                                "insert into queue (delivery_id, channel_id, priority) values ($1, $2, 0)")
                        .execute(Tuple.of(second, hook.id())))));
        newer.join().toCompletableFuture().join();

        assertThat(states()).containsExactly("delivered", "superseded", "pending");
    }

    @Test
    void whoRecordsTooLateChangesNothing() throws Exception {
        var arrived = new CountDownLatch(1);
        var proceed = new CountDownLatch(1);
        given.webhook(
                account,
                receiver.answering((r, n) -> {
                            if (n == 1) {
                                arrived.countDown();
                                proceed.await();
                                return Answer.of(500);
                            }
                            return Answer.of(200);
                        })
                        .url());
        given.put(given.notice(account, given.alert(account), 1, "alert.firing"));
        var late = dispatch.round().subscribeAsCompletionStage();
        await().until(() -> arrived.getCount() == 0);

        given.sql("update queue set leased_until = now() - interval '1 second'");
        round();
        proceed.countDown();
        late.join();

        assertThat(states()).containsExactly("delivered");
        assertThat(given.attempts(account))
                .extracting(row -> row.getString("outcome"))
                .containsExactly("failed", "delivered");
        assertThat(receiver.received())
                .extracting(TestReceiver.Received::id)
                .containsOnly(deliveries().getFirst().getUUID("id").toString());
    }

    @Test
    void aReceiverThatHangsHoldsNobodyUp() {
        var proceed = new CountDownLatch(1);
        given.webhook(
                account,
                receiver.answering((r, n) -> {
                            proceed.await();
                            return Answer.of(200);
                        })
                        .url());
        for (int i = 0; i < 20; i++) {
            given.put(given.notice(account, given.alert(account), 1, "alert.firing"));
        }
        var hanging = dispatch.round().subscribeAsCompletionStage();
        await().until(() -> receiver.received().size() == 4);
        var neighbour = given.account();
        given.webhook(neighbour, other.url());
        given.put(given.notice(neighbour, given.alert(neighbour), 1, "alert.firing"));

        var second = dispatch.round().subscribeAsCompletionStage();
        await().until(() -> !other.received().isEmpty());

        assertThat(receiver.received()).hasSize(4);
        proceed.countDown();
        hanging.join();
        second.join();
        round();
        assertThat(states()).hasSize(20).containsOnly("delivered");
    }

    @Test
    void oneRoundEmptiesTheQueueHoweverMuchGoesToOneChannel() {
        given.webhook(account, receiver.url());
        var notices = IntStream.range(0, 1_500)
                .mapToObj(i -> given.notice(account, given.alert(account), 1, "alert.firing"))
                .toArray(Notice[]::new);
        given.put(notices);

        var recorded = round();

        assertThat(recorded).isEqualTo(1_500);
        assertThat(receiver.received()).hasSize(1_500);
        assertThat(given.sql("select from queue")).isEmpty();
    }

    @Test
    void duringARotationBothSecretsSign() throws Exception {
        var hook = given.webhook(account, receiver.url());
        var fresh = WebhookSecret.generate();
        given.sql(
                "update channel set old_secret_sealed = secret_sealed, old_secret_until = now() + interval '24 hours', secret_sealed = $2 where id = $1",
                hook.id(),
                Buffer.buffer(given.box.seal(hook.id(), fresh.value())));
        given.put(given.notice(account, given.alert(account), 1, "alert.firing"));
        round();
        given.sql("update channel set old_secret_until = now() - interval '1 second'");
        given.put(given.notice(account, given.alert(account), 1, "alert.firing"));
        round();

        receiver.received().getFirst().verify(hook.secret());
        receiver.received().getFirst().verify(fresh);
        receiver.received().getLast().verify(fresh);
        assertThatThrownBy(() -> receiver.received().getLast().verify(hook.secret()))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void aFailedDeliveryIsSentAgainWhenAskedFor() {
        given.webhook(account, receiver.answering(500).url());
        given.put(given.notice(account, given.alert(account), 1, "alert.firing"));
        round();
        given.sql("update queue set tries = 15, due_at = now()");
        round();
        var id = deliveries().getFirst().getUUID("id");
        assertThat(states()).containsExactly("failed");
        receiver.answering(200);

        var asked = given.inOutbox((outbox, tx) -> outbox.redeliver(tx, id));
        var twice = given.inOutbox((outbox, tx) -> outbox.redeliver(tx, id));
        round();

        assertThat(asked).isEqualTo(Outbox.Redelivery.QUEUED);
        assertThat(twice).isEqualTo(Outbox.Redelivery.PENDING_ALREADY);
        assertThat(receiver.received())
                .hasSize(3)
                .extracting(TestReceiver.Received::id)
                .containsOnly(id.toString());
        assertThat(given.attempts(account))
                .extracting(row -> row.getInteger("number"))
                .containsExactly(1, 2, 3);
        assertThat(states()).containsExactly("delivered");
    }

    @Test
    void whatArrivedSaysTheSameWhenItIsAskedForAgain() {
        given.webhook(account, receiver.url());
        given.put(given.notice(account, given.alert(account), 1, "alert.firing"));
        round();
        var id = deliveries().getFirst().getUUID("id");

        given.inOutbox((outbox, tx) -> outbox.redeliver(tx, id));
        round();

        assertThat(receiver.received()).hasSize(2);
        assertThat(receiver.received())
                .extracting(TestReceiver.Received::id, TestReceiver.Received::body)
                .containsOnly(
                        tuple(id.toString(), receiver.received().getFirst().body()));
    }

    @Test
    void ofManyFailuresOfAnAlertTheLastIsSentAgain() {
        var hook = given.webhook(account, receiver.answering(500).url());
        var alert = given.alert(account);
        for (int sequence = 1; sequence <= 2; sequence++) {
            given.put(given.notice(account, alert, sequence, "alert.worsened"));
            given.sql("update queue set tries = 15");
            round();
        }
        assertThat(states()).containsExactly("failed", "failed");

        var count = given.inOutbox(
                (outbox, tx) -> outbox.redeliverFailed(tx, hook.id(), DeliveryFixture.AT.atOffset(ZoneOffset.UTC)));

        assertThat(count).isEqualTo(1);
        assertThat(states()).containsExactly("failed", "pending");
    }

    @Test
    void aTransactionThatFailsLeavesNoNotice() {
        given.webhook(account, receiver.url());
        var notice = given.notice(account, given.alert(account), 1, "alert.firing");

        assertThatThrownBy(() -> given.put(notice, notice)).hasMessageContaining("notice");

        assertThat(deliveries()).isEmpty();
        assertThat(given.sql("select from queue")).isEmpty();
    }

    @Test
    void aDisabledChannelIsNotCalled() {
        given.webhook(account, receiver.url());
        given.put(given.notice(account, given.alert(account), 1, "alert.firing"));
        given.sql("update channel set state = 'disabled', disabled_reason = 'by the user'");

        round();

        assertThat(receiver.received()).isEmpty();
        assertThat(deliveries().getFirst().getString("reason")).isEqualTo("the channel is not active");
    }

    private int round() {
        return given.now(dispatch.round());
    }

    private List<Row> deliveries() {
        return given.deliveries(account);
    }

    private List<String> states() {
        return deliveries().stream().map(row -> row.getString("state")).toList();
    }

    /** In seconds: so long after the last attempt at least, and so long from now at most; however slow the machine is. */
    private void assertIsDue(double least, double most) {
        var due = given.sql("""
                        select extract(epoch from due_at - (select max(at) from attempt))::float8 as after,
                               extract(epoch from due_at - now())::float8 as remaining
                        from queue""").getFirst();

        assertThat(due.getDouble("after")).isGreaterThanOrEqualTo(least);
        assertThat(due.getDouble("remaining")).isLessThanOrEqualTo(most);
    }
}
