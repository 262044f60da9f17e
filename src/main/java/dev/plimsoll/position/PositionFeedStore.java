package dev.plimsoll.position;

import dev.plimsoll.account.Keyset;
import dev.plimsoll.account.LabelsJson;
import dev.plimsoll.account.Legible;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Positions of every account, for the book. */
@ApplicationScoped
public class PositionFeedStore {
    /** JSON as text, or it would be parsed on the event loop. */
    private static final String COLUMNS = """
            select id, account_id, key, name, kind, labels::text as labels, terms::text as terms, legs_since, target_health_factor, created_at, version
            from position
            """;

    private final Pool engine;
    private final Legible<Position> legible;

    @Inject
    PositionFeedStore(@ReactiveDataSource("engine") Pool engine, MeterRegistry meters) {
        this.engine = engine;
        this.legible = new Legible<>("position", PositionFeedStore::position, meters);
    }

    /** Ids of those that exist and that this release cannot read: a newer one wrote them. */
    public Set<UUID> leftOut() {
        return legible.leftOut();
    }

    /** Every position, in pages ordered by id; how many there were. */
    public Uni<Long> all(Consumer<List<Position>> page) {
        legible.startAnew();
        return new Keyset<>(engine, COLUMNS + "where id > $1 order by id limit $2", legible::read).forEach(page);
    }

    /** Those of the ids that still exist. */
    public Uni<List<Position>> byIds(Collection<UUID> ids) {
        return engine.preparedQuery(COLUMNS + "where id = any($1)")
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> legible.read(ids, rows));
    }

    /** All of an account. */
    public Uni<List<Position>> of(UUID account) {
        return engine.preparedQuery(COLUMNS + "where account_id = $1 order by id")
                .execute(Tuple.of(account))
                .map(rows -> rows.stream().map(PositionFeedStore::position).toList());
    }

    /** All of these accounts, the oldest first. @param tx of the engine, or of the one account */
    public Uni<List<Position>> ofAccounts(SqlConnection tx, Collection<UUID> accounts) {
        return tx.preparedQuery(COLUMNS + "where account_id = any($1) order by id")
                .execute(Tuple.of(accounts.toArray(UUID[]::new)))
                .map(rows -> rows.stream().map(PositionFeedStore::position).toList());
    }

    private static Position position(Row row) {
        return new Position(
                row.getUUID("id"),
                row.getUUID("account_id"),
                Optional.ofNullable(row.getString("key")),
                row.getString("name"),
                LabelsJson.read(new JsonObject(row.getString("labels"))),
                TermsJson.read(row.getString("kind"), new JsonObject(row.getString("terms"))),
                Optional.ofNullable(row.getBigDecimal("target_health_factor")),
                row.getOffsetDateTime("legs_since").toInstant(),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getLong("version"));
    }
}
