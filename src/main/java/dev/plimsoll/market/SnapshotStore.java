package dev.plimsoll.market;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.ZoneOffset;

/** The last market snapshot in PostgreSQL, from which every replica answers. */
@Singleton
public class SnapshotStore {
    private static final String PUBLISH = """
            insert into snapshot (name, epoch, at, data)
            values ('market', $1, $2, $3)
            on conflict (name) do update
            set epoch = excluded.epoch, at = excluded.at, data = excluded.data
            where snapshot.epoch <= excluded.epoch""";

    private static final String AGE = """
            select epoch, at
            from snapshot
            where name = 'market'""";

    private static final String READ = """
            select epoch, data
            from snapshot
            where name = 'market'""";

    private static final String HINTS = "plimsoll:market";
    private static final Duration HINT_BUDGET = Duration.ofMillis(100);

    private final Pool engine;
    private final LatestMarket latest;
    private final ReactiveRedisDataSource redis;
    private final MeterRegistry meters;

    SnapshotStore(
            @ReactiveDataSource("engine") Pool engine,
            LatestMarket latest,
            ReactiveRedisDataSource redis,
            MeterRegistry meters) {
        this.engine = engine;
        this.latest = latest;
        this.redis = redis;
        this.meters = meters;
    }

    /**
     * Gives the snapshot to every replica, this one first.
     *
     * @return false when a watch of a later epoch has published already: this one has lost its lease
     */
    public Uni<Boolean> publish(MarketSnapshot snapshot, long epoch) {
        var at = snapshot.tick().at().atOffset(ZoneOffset.UTC);
        return engine.preparedQuery(PUBLISH)
                .execute(Tuple.of(epoch, at, MarketSnapshotJson.write(snapshot)))
                .map(rows -> rows.rowCount() == 1)
                .invoke(ours -> keep(ours, epoch, snapshot))
                .call(this::hint);
    }

    /** Tells who listens on the channel that there is news. It may fail: nobody rests on it. */
    private Uni<Void> hint(boolean ours) {
        if (!ours) {
            return Uni.createFrom().voidItem();
        }
        return redis.execute("PUBLISH", HINTS, "published")
                .replaceWithVoid()
                .ifNoItem()
                .after(HINT_BUDGET)
                .fail()
                .onFailure()
                .invoke(lost -> meters.counter("plimsoll.market.hints.lost").increment())
                .onFailure()
                .recoverWithUni(Uni.createFrom().voidItem());
    }

    /** Something whenever a replica published. Ends or fails when Redis does: who listens looks for itself as well. */
    public Multi<String> hints() {
        return redis.pubsub(String.class).subscribe(HINTS);
    }

    /** Reads the snapshot of another replica's watch, where it is younger than what is known here. */
    public Uni<Void> refresh() {
        return engine.preparedQuery(AGE)
                .execute()
                .chain(rows -> isNews(rows) ? read() : Uni.createFrom().voidItem());
    }

    private boolean isNews(RowSet<Row> rows) {
        var row = rows.iterator();
        return row.hasNext() && isNews(row.next());
    }

    private boolean isNews(Row row) {
        return latest.lacks(row.getLong("epoch"), row.getOffsetDateTime("at").toInstant());
    }

    private Uni<Void> read() {
        return engine.preparedQuery(READ).execute().call(this::learn).replaceWithVoid();
    }

    /** What this version cannot read costs what it remembers, and must not keep a watch that takes over from judging. */
    private Uni<Void> learn(RowSet<Row> rows) {
        return Uni.createFrom()
                .voidItem()
                .invoke(() -> rows.forEach(this::keep))
                .onFailure()
                .invoke(this::passedOver)
                .onFailure()
                .recoverWithUni(Uni.createFrom()::voidItem);
    }

    private void keep(Row row) {
        keep(true, row.getLong("epoch"), MarketSnapshotJson.read((JsonObject) row.getValue("data")));
    }

    private void passedOver(Throwable unreadable) {
        meters.counter("plimsoll.market.snapshots.unreadable").increment();
        Log.debugf("market not learnt, another version wrote it: why=%s", unreadable.getMessage());
    }

    private void keep(boolean ours, long epoch, MarketSnapshot snapshot) {
        if (ours) {
            latest.offer(epoch, snapshot);
        }
    }
}
