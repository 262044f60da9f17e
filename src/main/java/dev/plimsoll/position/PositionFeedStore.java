package dev.plimsoll.position;

import dev.plimsoll.account.LabelsJson;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Positions of every account, for the book. */
@ApplicationScoped
public class PositionFeedStore {
    private static final int PAGE = 10_000;
    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final String COLUMNS = """
            select id, account_id, key, name, kind, labels, terms, legs_since, target_health_factor, created_at, version
            from position
            """;

    private final Pool engine;

    PositionFeedStore(@ReactiveDataSource("engine") Pool engine) {
        this.engine = engine;
    }

    /** Every position, in pages ordered by id; how many there were. */
    public Uni<Long> all(Consumer<List<Position>> page) {
        return from(BEFORE_ALL, 0, page);
    }

    /** Those of the ids that still exist. */
    public Uni<List<Position>> byIds(Collection<UUID> ids) {
        return engine.preparedQuery(COLUMNS + "where id = any($1)")
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(PositionFeedStore::positions);
    }

    private Uni<Long> from(UUID after, long seen, Consumer<List<Position>> page) {
        return engine.preparedQuery(COLUMNS + "where id > $1 order by id limit $2")
                .execute(Tuple.of(after, PAGE))
                .map(PositionFeedStore::positions)
                .invoke(page)
                .chain(rows -> rows.size() < PAGE
                        ? Uni.createFrom().item(seen + rows.size())
                        : from(rows.getLast().id(), seen + PAGE, page));
    }

    private static List<Position> positions(RowSet<Row> rows) {
        return rows.stream().map(PositionFeedStore::position).toList();
    }

    private static Position position(Row row) {
        return new Position(
                row.getUUID("id"),
                row.getUUID("account_id"),
                Optional.ofNullable(row.getString("key")),
                row.getString("name"),
                LabelsJson.read(row.getJsonObject("labels")),
                TermsJson.read(row.getString("kind"), row.getJsonObject("terms")),
                Optional.ofNullable(row.getBigDecimal("target_health_factor")),
                row.getOffsetDateTime("legs_since").toInstant(),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getLong("version"));
    }
}
