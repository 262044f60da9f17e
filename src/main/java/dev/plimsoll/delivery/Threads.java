package dev.plimsoll.delivery;

import static dev.plimsoll.delivery.OutboxRows.column;

import dev.plimsoll.delivery.Outcome.Delivered;
import dev.plimsoll.delivery.Tried.Called;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Which message stands for what, where what was said can be answered and edited. Written with the record of the attempt: a
 * message of which we do not know that it arrived is sent again, and stands there twice.
 */
@Singleton
public final class Threads {
    /** The first message of an alert in a chat begins its thread; what happened to the alert meanwhile is not shown yet. */
    private static final String KEEP = """
            with said as (
                update delivery d
                set message_id = k.message_id
                from unnest($1::uuid[], $2::bigint[]) as k (id, message_id)
                where d.id = k.id
                returning d.id, d.account_id, d.notice_id, d.alert_id, d.channel_id, d.message_id)
            insert into thread (channel_id, alert_id, account_id, message_id, delivery_id, shown)
            select s.channel_id, s.alert_id, s.account_id, s.message_id, s.id, n.sequence
            from said s
            join notice n on n.id = s.notice_id
            where s.alert_id is not null
            on conflict (channel_id, alert_id) do nothing
            """;

    private final Pool engine;

    @Inject
    Threads(@ReactiveDataSource("engine") Pool engine) {
        this.engine = engine;
    }

    private record Said(UUID delivery, long message) {}

    /** Of those that stand in a chat now. @param tx the one that records their arrival */
    Uni<Void> keep(SqlConnection tx, List<Tried> batch) {
        var said = batch.stream().flatMap(Threads::said).toList();
        if (said.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery(KEEP)
                .execute(Tuple.of(column(said, Said::delivery, UUID[]::new), column(said, Said::message, Long[]::new)))
                .replaceWithVoid();
    }

    private static Stream<Said> said(Tried tried) {
        return Optional.of(tried.ending())
                .filter(Called.class::isInstance)
                .map(ending -> ((Called) ending).outcome())
                .filter(Delivered.class::isInstance)
                .flatMap(outcome -> ((Delivered) outcome).message())
                .map(message -> new Said(tried.claim().delivery(), message))
                .stream();
    }

    /** The message with which an alert began on a channel; empty where nothing was said of it. */
    public Uni<Optional<Long>> beginning(UUID channel, UUID alert) {
        return engine.preparedQuery("select message_id from thread where channel_id = $1 and alert_id = $2")
                .execute(Tuple.of(channel, alert))
                .map(rows -> rows.stream().findFirst().map(row -> row.getLong("message_id")));
    }

    /**
     * The alerts that a message tells of, the oldest first; none where it tells of none.
     *
     * @param tx of the account
     */
    public Uni<List<UUID>> alerts(SqlConnection tx, UUID account, UUID channel, long message) {
        return tx.preparedQuery("""
                        select alert_id
                        from delivery
                        where account_id = $1
                          and channel_id = $2
                          and message_id = $3
                          and alert_id is not null
                        union
                        select alert_id
                        from thread
                        where account_id = $1
                          and channel_id = $2
                          and message_id = $3
                        order by alert_id""")
                .execute(Tuple.of(account, channel, message))
                .map(rows -> rows.stream().map(row -> row.getUUID("alert_id")).toList());
    }
}
