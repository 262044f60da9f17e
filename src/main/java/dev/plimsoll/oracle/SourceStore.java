package dev.plimsoll.oracle;

import dev.plimsoll.oracle.SourceBoard.Posted;
import io.quarkus.logging.Log;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;

/** How the sources do, in PostgreSQL: only the replica that holds the watch asks them, and every replica is asked of them. */
@Singleton
public class SourceStore {
    private static final String PUBLISH = """
            insert into snapshot (name, epoch, at, data)
            values ('sources', $1, $2, $3)
            on conflict (name) do update
            set epoch = excluded.epoch, at = excluded.at, data = excluded.data
            where snapshot.epoch <= excluded.epoch""";

    private static final String READ = """
            select epoch, at, data
            from snapshot
            where name = 'sources'
              and (epoch, at) is distinct from ($1::bigint, $2::timestamptz)""";

    private final Pool engine;
    private final Oracles oracles;
    private final SourceBoard board;

    SourceStore(@ReactiveDataSource("engine") Pool engine, Oracles oracles, SourceBoard board) {
        this.engine = engine;
        this.oracles = oracles;
        this.board = board;
    }

    /** Tells every replica how the sources that this one asks are doing. */
    public Uni<Void> publish(long epoch, Instant at) {
        return Uni.createFrom().deferred(() -> publish(new Posted(epoch, at, oracles.status())));
    }

    private Uni<Void> publish(Posted posted) {
        var items = new JsonArray(
                posted.statuses().stream().map(SourceStatusJson::write).toList());
        return engine.preparedQuery(PUBLISH)
                .execute(Tuple.of(
                        posted.epoch(), posted.at().atOffset(ZoneOffset.UTC), new JsonObject().put("items", items)))
                .map(SqlResult::rowCount)
                .invoke(written -> {
                    if (written == 1) {
                        board.offer(posted);
                    }
                })
                .replaceWithVoid();
    }

    /** Reads what another replica's watch published, where it is younger than what is known here. */
    public Uni<Void> refresh() {
        var known = board.latest().orElse(Posted.NOTHING);
        return engine.preparedQuery(READ)
                .execute(Tuple.of(known.epoch(), known.at().atOffset(ZoneOffset.UTC)))
                .call(this::learn)
                .replaceWithVoid();
    }

    /** What this version cannot read is passed over: it must not keep a watch that takes over from judging. */
    private Uni<Void> learn(RowSet<Row> rows) {
        return Uni.createFrom()
                .voidItem()
                .invoke(() -> rows.forEach(row -> board.offer(posted(row))))
                .onFailure()
                .invoke(unreadable ->
                        Log.debugf("sources not learnt, another version wrote them: why=%s", unreadable.getMessage()))
                .onFailure()
                .recoverWithUni(Uni.createFrom()::voidItem);
    }

    private static Posted posted(Row row) {
        var statuses = row.getJsonObject("data").getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .map(SourceStatusJson::read)
                .toList();
        return new Posted(row.getLong("epoch"), row.getOffsetDateTime("at").toInstant(), statuses);
    }
}
