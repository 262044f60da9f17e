package dev.plimsoll.pipeline;

import dev.plimsoll.pipeline.Changes.Horizon;
import io.quarkus.logging.Log;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Which rows others wrote, from the table {@code change}.
 *
 * <p>The horizon is the oldest transaction still running when the table was read. Transactions commit out of order, so
 * every reading starts there again and not at the last row seen.
 */
@ApplicationScoped
class ChangeFeed {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Pool engine;
    private final Duration kept;

    @Inject
    ChangeFeed(@ReactiveDataSource("engine") Pool engine, PipelineConfig config) {
        this(engine, config.changesKept());
    }

    ChangeFeed(Pool engine, Duration kept) {
        this.engine = engine;
        this.kept = kept;
    }

    /** Where to start reading before everything is loaded. */
    Uni<Horizon> horizon() {
        return engine.query("""
                        select pg_snapshot_xmin(pg_current_snapshot())::text as horizon,
                               extract(epoch from now())::float8 as read_at
                        """).execute().map(rows -> next(rows.iterator().next()));
    }

    /** There is a gap when half of what is kept has passed since the horizon: the pruning must never win the race. */
    Uni<Changes> since(Horizon horizon) {
        return engine.preparedQuery("""
                        select read.horizon, read.read_at, c.kind, c.id
                        from (select pg_snapshot_xmin(pg_current_snapshot())::text as horizon,
                                     extract(epoch from now())::float8 as read_at) read
                        left join (select distinct kind, id
                                   from change
                                   where xid >= $1::text::xid8) c on true
                        """).execute(Tuple.of(horizon.xid())).map(rows -> changes(horizon, rows));
    }

    /** Deletes what every replica has read or will make up for by loading anew; how many rows. */
    Uni<Integer> prune() {
        return engine.preparedQuery("delete from change where at < now() - make_interval(secs => $1)")
                .execute(Tuple.of((double) kept.toSeconds()))
                .map(RowSet::rowCount);
    }

    @Scheduled(identity = "changes", every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> pruneNow() {
        return prune().ifNoItem()
                .after(PATIENCE)
                .fail()
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> Log.warnf("changes not pruned: why=%s", failure.getMessage()))
                .onFailure()
                .recoverWithUni(Uni.createFrom()::voidItem);
    }

    private Changes changes(Horizon horizon, RowSet<Row> rows) {
        var next = next(rows.iterator().next());
        Map<String, Set<UUID>> byKind = new HashMap<>();
        for (var row : rows) {
            if (row.getString("kind") != null) {
                byKind.computeIfAbsent(row.getString("kind"), kind -> new HashSet<>())
                        .add(row.getUUID("id"));
            }
        }
        return new Changes(next, next.readAt() - horizon.readAt() > kept.toSeconds() / 2.0, byKind);
    }

    private static Horizon next(Row row) {
        return new Horizon(row.getString("horizon"), row.getDouble("read_at"));
    }
}
