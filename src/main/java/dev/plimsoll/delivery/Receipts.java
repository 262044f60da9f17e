package dev.plimsoll.delivery;

import static dev.plimsoll.delivery.OutboxRows.column;

import dev.plimsoll.delivery.Claim.Target;
import dev.plimsoll.delivery.Outcome.Delivered;
import dev.plimsoll.delivery.Tried.Called;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What is watched after it arrived: kept in the database, so that a restart forgets none. */
@Singleton
final class Receipts {
    private static final String KEEP = """
            insert into receipt (delivery_id, channel_id, reference, next_at, until)
            select r.delivery_id, d.channel_id, r.reference,
                   now() + r.first_ms * interval '1 millisecond', now() + r.watched_ms * interval '1 millisecond'
            from unnest($1::uuid[], $2::text[], $3::float8[], $4::float8[])
                as r (delivery_id, reference, first_ms, watched_ms)
            join delivery d on d.id = r.delivery_id
            on conflict (delivery_id)
            do update set reference = excluded.reference, next_at = excluded.next_at, until = excluded.until
            """;

    /** The next round of another replica leaves these alone for a while; what is watched no more goes. */
    private static final String TAKE = """
            with over as (delete from receipt where until < now()),
            due as (
                select delivery_id
                from receipt
                where next_at <= now() and until >= now()
                order by next_at
                limit $1
                for update skip locked),
            taken as (
                update receipt r
                set next_at = now() + $2 * interval '1 second'
                from due
                where r.delivery_id = due.delivery_id
                returning r.delivery_id, r.channel_id, r.reference)
            select t.delivery_id, t.reference, d.account_id, d.alert_id,
                   c.id as channel_id, c.name, c.kind, c.state, c.host,
                   c.failing_since is not null as failing, c.settings_sealed, c.secret_sealed,
                   case when c.old_secret_until > now() then c.old_secret_sealed end as old_secret_sealed, c.buddy,
                   case when c.buddy is not null then (select a.name from account a where a.id = c.account_id) end as asker
            from taken t
            join delivery d on d.id = t.delivery_id
            join channel c on c.id = t.channel_id
            where d.alert_id is not null
            """;

    private static final int LEASE_SECONDS = 60;

    private final Pool engine;

    @Inject
    Receipts(@ReactiveDataSource("engine") Pool engine) {
        this.engine = engine;
    }

    /** One to ask for. @param reference what the receiver calls it */
    record Due(UUID delivery, UUID account, UUID alert, String reference, Target target) {}

    private record Kept(UUID delivery, Receipt receipt) {}

    /** Of those that left one. @param tx the one that records their arrival */
    Uni<Void> keep(SqlConnection tx, List<Tried> batch) {
        var kept = batch.stream().flatMap(Receipts::kept).toList();
        if (kept.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery(KEEP)
                .execute(Tuple.of(
                        column(kept, Kept::delivery, UUID[]::new),
                        column(kept, one -> one.receipt().reference(), String[]::new),
                        column(kept, one -> (double) one.receipt().first().toMillis(), Double[]::new),
                        column(kept, one -> (double) one.receipt().watched().toMillis(), Double[]::new)))
                .replaceWithVoid();
    }

    /** Those that are due, at most so many; this replica's for a minute. */
    Uni<List<Due>> take(int most) {
        return engine.preparedQuery(TAKE)
                .execute(Tuple.of(most, LEASE_SECONDS))
                .map(rows -> rows.stream().map(Receipts::due).toList());
    }

    private static Due due(Row row) {
        return new Due(
                row.getUUID("delivery_id"),
                row.getUUID("account_id"),
                row.getUUID("alert_id"),
                row.getString("reference"),
                ClaimRow.target(row));
    }

    Uni<Void> askAgain(UUID delivery, Duration pause) {
        return engine.preparedQuery(
                        "update receipt set next_at = now() + $2 * interval '1 millisecond' where delivery_id = $1")
                .execute(Tuple.of(delivery, (double) pause.toMillis()))
                .replaceWithVoid();
    }

    Uni<Void> drop(UUID delivery) {
        return engine.preparedQuery("delete from receipt where delivery_id = $1")
                .execute(Tuple.of(delivery))
                .replaceWithVoid();
    }

    private static Stream<Kept> kept(Tried tried) {
        return Optional.of(tried.ending())
                .filter(Called.class::isInstance)
                .map(ending -> ((Called) ending).outcome())
                .filter(Delivered.class::isInstance)
                .flatMap(outcome -> ((Delivered) outcome).receipt())
                .map(receipt -> new Kept(tried.claim().delivery(), receipt))
                .stream();
    }
}
