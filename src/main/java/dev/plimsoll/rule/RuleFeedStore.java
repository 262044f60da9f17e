package dev.plimsoll.rule;

import dev.plimsoll.account.Keyset;
import dev.plimsoll.account.LabelsJson;
import dev.plimsoll.account.Legible;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
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

/** Rules of every account, for the book. */
@ApplicationScoped
public class RuleFeedStore {
    /** JSON as text, or it would be parsed on the event loop. */
    private static final String COLUMNS = """
            select id, account_id, key, name, labels::text as labels, watches::text as watches, condition::text as condition,
                   levels::text as levels, channels, escalation::text as escalation, quiet_from, quiet_to, notify_resolved,
                   created_at, version
            from rule
            """;

    private final Pool engine;
    private final Legible<Rule> legible;

    @Inject
    RuleFeedStore(@ReactiveDataSource("engine") Pool engine, MeterRegistry meters) {
        this.engine = engine;
        this.legible = new Legible<>("rule", RuleFeedStore::rule, meters);
    }

    /** Ids of those that exist and that this release cannot read: a newer one wrote them. */
    public Set<UUID> leftOut() {
        return legible.leftOut();
    }

    /** Every rule, in pages ordered by id; how many there were. */
    public Uni<Long> all(Consumer<List<Rule>> page) {
        legible.startAnew();
        return new Keyset<>(engine, COLUMNS + "where id > $1 order by id limit $2", legible::read).forEach(page);
    }

    /** Those of the ids that still exist. */
    public Uni<List<Rule>> byIds(Collection<UUID> ids) {
        return engine.preparedQuery(COLUMNS + "where id = any($1)")
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> legible.read(ids, rows));
    }

    /** The oldest of each first. @param tx of the engine, or of the one account */
    public Uni<List<Rule>> ofAccounts(SqlConnection tx, Collection<UUID> accounts) {
        return tx.preparedQuery(COLUMNS + "where account_id = any($1) order by id")
                .execute(Tuple.of(accounts.toArray(UUID[]::new)))
                .map(rows -> rows.stream().map(RuleFeedStore::rule).toList());
    }

    private static Rule rule(Row row) {
        var condition = RuleJson.readCondition(new JsonObject(row.getString("condition")));
        return new Rule(
                row.getUUID("id"),
                row.getUUID("account_id"),
                Optional.ofNullable(row.getString("key")),
                row.getString("name"),
                LabelsJson.read(new JsonObject(row.getString("labels"))),
                RuleJson.readWatches(Json.decodeValue(row.getString("watches"))),
                condition,
                RuleJson.readLevels(condition, new JsonArray(row.getString("levels"))),
                telling(row),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getLong("version"));
    }

    private static Telling telling(Row row) {
        return new Telling(
                Optional.ofNullable(row.getArrayOfUUIDs("channels")).map(List::of),
                TellingJson.readEscalation(new JsonArray(row.getString("escalation"))),
                Optional.ofNullable(row.getLocalTime("quiet_from"))
                        .map(from -> new QuietHours(from, row.getLocalTime("quiet_to"))),
                row.getBoolean("notify_resolved"));
    }
}
