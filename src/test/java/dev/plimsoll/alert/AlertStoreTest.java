package dev.plimsoll.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.alert.AlertState.Breach;
import dev.plimsoll.alert.AlertState.Ladder;
import dev.plimsoll.alert.AlertState.Phase;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Ids;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AlertStoreTest {
    private static final Duration PATIENT = Duration.ofMinutes(1);

    @Inject
    AlertStore alerts;

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Test
    void whoeverLocksAlertsInTheirOrderNeverWaitsForAWriterThatWaitsForThem() {
        var written = firing(2);
        var first = written.getFirst().id();
        var last = written.getLast().id();
        var other = now(engine.getConnection()
                .call(connection -> connection.query("begin").execute()));

        now(lock(other, first));
        var writing =
                write(written.reversed().stream().map(AlertStoreTest::again).toList());
        var pid = now(other.query("select pg_backend_pid() as pid").execute())
                .iterator()
                .next()
                .getInteger("pid");
        await().atMost(PATIENT).until(() -> waitingFor(pid) == 1);
        now(lock(other, last));
        now(other.query("rollback").execute().chain(other::close));

        assertThat(writing.join()).containsExactlyInAnyOrder(first, last);
    }

    private List<Alert> firing(int count) {
        var account = Ids.next();
        now(engine.preparedQuery("insert into account (id, name) values ($1, 'Ada')")
                .execute(Tuple.of(account)));
        var writes = Stream.generate(() -> new Alert.Key(Ids.next(), new Subject.OfPosition(Ids.next())))
                .limit(count)
                .map(key -> AlertWrite.of(account, key, Optional.empty(), new Step(firing(), List.of()), "{}"))
                .toList();
        write(writes.reversed()).join(); // so that neither the table nor the list is in their order
        return now(alerts.byIds(writes.stream().map(AlertWrite::id).toList())).stream()
                .sorted(Comparator.comparing(alert -> alert.id().toString()))
                .toList();
    }

    private static AlertState firing() {
        return new AlertState(
                Phase.FIRING,
                1,
                1,
                Severity.CRITICAL,
                Map.of(),
                Story.NOON,
                Attention.NONE,
                Ladder.NONE,
                Breach.NONE,
                Optional.empty(),
                Optional.empty());
    }

    private static AlertWrite again(Alert seen) {
        return AlertWrite.of(seen.account(), seen.key(), Optional.of(seen), new Step(firing(), List.of()), "{}");
    }

    private CompletableFuture<Set<UUID>> write(List<AlertWrite> writes) {
        return engine.withTransaction(tx -> alerts.write(tx, writes)).subscribeAsCompletionStage();
    }

    /** Fails where it would have to wait. */
    private static Uni<?> lock(SqlConnection connection, UUID alert) {
        return connection
                .preparedQuery("select id from alert where id = $1 for update nowait")
                .execute(Tuple.of(alert));
    }

    private int waitingFor(int pid) {
        return now(engine.preparedQuery(
                                "select count(*)::int as n from pg_stat_activity where $1 = any(pg_blocking_pids(pid))")
                        .execute(Tuple.of(pid)))
                .iterator()
                .next()
                .getInteger("n");
    }

    private static <T> T now(Uni<T> asked) {
        return asked.await().atMost(PATIENT);
    }
}
