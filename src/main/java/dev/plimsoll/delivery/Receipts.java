package dev.plimsoll.delivery;

import static dev.plimsoll.delivery.OutboxRows.column;

import dev.plimsoll.delivery.Outcome.Delivered;
import dev.plimsoll.delivery.Tried.Called;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
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
