package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.unit.Ids;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Each breach is planted in a transaction that is rolled back: nobody else sees it. */
@QuarkusTest
class InvariantTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String ALERT =
            "insert into alert (id, account_id, rule_id, subject, episode, state, severity, sequence, started_at,"
                    + " life, shown) values ('%1$s', '%2$s', '%1$s', 'account:prices', 1, 'firing', 'critical', 1, now(),"
                    + " '{}', '{}')";
    private static final String NOTICE =
            "insert into notice (id, account_id, alert_id, sequence, type, severity, at, data)"
                    + " values ('%1$s', '%2$s', '%1$s', 1, 'alert.firing', 'critical', now(), '{}')";
    private static final String DELIVERY =
            "insert into delivery (id, account_id, notice_id, alert_id, channel_id, slot, state, done_at,"
                    + " unheard) values ('%1$s', '%2$s', '%1$s', '%1$s', '%1$s', ";
    private static final String CHANNEL =
            "insert into channel (id, account_id, name, kind, settings_sealed, settings_shown)"
                    + " values ('%1$s', '%2$s', 'ops', 'webhook', '', '{}')";

    /** What breaks each, with an id and an account. */
    private static final Map<Invariant, List<String>> BREACHES = Map.of(
            Invariant.FIRING_UNTOLD, List.of(ALERT),
            Invariant.TIMELINE_BEHIND, List.of(ALERT, NOTICE),
            Invariant.NOTICE_WITHOUT_DELIVERY, List.of(ALERT, NOTICE),
            Invariant.OPEN_UNQUEUED, List.of(ALERT, NOTICE, DELIVERY + "'open', 'pending', null, false)"),
            Invariant.NEXT_WITHOUT_OPEN, List.of(ALERT, NOTICE, DELIVERY + "'next', 'pending', null, false)"),
            Invariant.QUEUED_BUT_ENDED,
                    List.of(
                            ALERT,
                            NOTICE,
                            CHANNEL,
                            DELIVERY + "null, 'delivered', now(), false)",
                            "insert into queue (delivery_id, channel_id, priority) values ('%1$s', '%1$s', 0)"),
            Invariant.FAILED_UNHEARD,
                    List.of(ALERT, NOTICE, DELIVERY + "null, 'failed', now() - interval '61 minutes', true)"));

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"UNRESOLVED_TWICE", "POLICY_OFF", "NOT_DURABLE"}) // the database lets nobody plant these
    void aBreachIsFound(Invariant invariant) {
        var id = Ids.next();

        var found = now(found(invariant, id));

        assertThat(found[1] - found[0]).as(invariant.sentence()).isEqualTo(1);
    }

    @Test
    void whatTheDatabaseItselfKeepsHolds() {
        assertThat(broken(Invariant.UNRESOLVED_TWICE)).isZero();
        assertThat(broken(Invariant.POLICY_OFF)).isZero();
        assertThat(broken(Invariant.NOT_DURABLE)).isZero();
    }

    private long broken(Invariant invariant) {
        return now(engine.withTransaction(tx -> InvariantMeters.breach(tx, invariant)))
                .rows();
    }

    /** How many there are before and after. */
    private Uni<long[]> found(Invariant invariant, UUID id) {
        return engine.getConnection()
                .chain(connection -> connection
                        .begin()
                        .chain(tx -> count(connection, invariant)
                                .chain(before -> plant(connection, invariant, id)
                                        .chain(() -> count(connection, invariant))
                                        .map(after -> new long[] {before, after}))
                                .eventually(tx::rollback))
                        .eventually(connection::close));
    }

    private static Uni<Long> count(SqlConnection connection, Invariant invariant) {
        return InvariantMeters.breach(connection, invariant).map(InvariantMeters.Breach::rows);
    }

    private static Uni<Void> plant(SqlConnection connection, Invariant invariant, UUID id) {
        return Multi.createFrom()
                .items(Stream.concat(
                        Stream.of("insert into account (id, name) values ('%2$s', 'Ada')"),
                        BREACHES.get(invariant).stream()))
                .onItem()
                .transformToUniAndConcatenate(
                        sql -> connection.query(sql.formatted(id, id)).execute())
                .onItem()
                .ignoreAsUni();
    }

    private <T> T now(Uni<T> work) {
        return work.await().atMost(PATIENCE);
    }
}
