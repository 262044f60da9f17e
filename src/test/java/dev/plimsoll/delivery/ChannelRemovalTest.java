package dev.plimsoll.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.delivery.DeliveryFixture.Hook;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ChannelRemovalTest {
    @Inject
    DeliveryFixture given;

    @Inject
    ChannelStore channels;

    private UUID account;
    private UUID alert;
    private Hook first;
    private SqlConnection other;

    @BeforeEach
    void anAlertAndATransactionOfSomebodyElse() {
        given.clear();
        account = given.account();
        alert = given.alert(account);
        first = given.webhook(account, "https://one.example/hook");
        other = given.now(given.engine.getConnection());
        given.now(other.query("begin").execute());
    }

    @AfterEach
    void close() {
        given.now(other.query("rollback").execute());
        given.now(other.close());
    }

    @Test
    void whatIsWrittenForAChannelWhileItIsDeletedIsShownAsFailed() {
        given.put(given.notice(account, alert, 1, "alert.firing"));
        var second = given.webhook(account, "https://two.example/hook");
        given.now(other.query("select from queue for update").execute());
        var backend = given.now(other.query("select pg_backend_pid()").execute())
                .iterator()
                .next()
                .getInteger(0);

        var news = given.engine
                .withTransaction(tx -> given.outbox.put(tx, List.of(given.notice(account, alert, 2, "alert.worsened"))))
                .subscribeAsCompletionStage();
        var writer = await().until(() -> waitingFor(backend), pids -> !pids.isEmpty())
                .getFirst();
        var gone = channels.delete(account, second.id(), channel -> {}).subscribeAsCompletionStage();
        await().until(() -> gone.isDone() || !waitingFor(writer).isEmpty());
        given.now(other.query("commit").execute());
        news.join();
        gone.join();

        assertThat(given.sql("select reason from delivery where channel_id = $1 and state = 'failed'", second.id()))
                .singleElement()
                .satisfies(row -> assertThat(row.getString("reason")).isEqualTo("the channel was deleted"));
        assertThat(unsent()).isEmpty();
    }

    @Test
    void newsIsNotHeldUpByAChannelThatIsBeingDeletedAndGoesToTheOthers() {
        var second = given.webhook(account, "https://two.example/hook");
        given.now(other.preparedQuery("select from channel where id = $1 for update")
                .execute(Tuple.of(second.id())));

        given.put(given.notice(account, alert, 1, "alert.firing"));

        assertThat(given.deliveries(account))
                .extracting(row -> row.getUUID("channel_id"))
                .containsExactly(first.id());
    }

    @Test
    void nothingIsSentAgainToAChannelThatIsBeingDeleted() {
        given.put(given.notice(account, alert, 1, "alert.firing"));
        var delivery = given.deliveries(account).getFirst().getUUID("id");
        given.sql("delete from queue");
        given.sql("update delivery set state = 'failed', slot = null, done_at = now()");
        given.now(other.query("select from channel for update").execute());

        var again = given.inOutbox((outbox, tx) -> outbox.redeliver(tx, delivery));
        var failed = given.inOutbox(
                (outbox, tx) -> outbox.redeliverFailed(tx, first.id(), DeliveryFixture.AT.atOffset(ZoneOffset.UTC)));
        var reached = given.inOutbox((outbox, tx) -> outbox.reach(tx, first.id()));

        assertThat(again).isEqualTo(Outbox.Redelivery.NO_CHANNEL);
        assertThat(failed).isZero();
        assertThat(reached).isZero();
        assertThat(unsent()).isEmpty();
    }

    private List<Row> unsent() {
        return given.sql("select from delivery where slot = 'open' and id not in (select delivery_id from queue)");
    }

    private List<Integer> waitingFor(int backend) {
        return given
                .sql("select distinct pid from pg_locks where not granted and $1 = any(pg_blocking_pids(pid))", backend)
                .stream()
                .map(row -> row.getInteger("pid"))
                .toList();
    }
}
