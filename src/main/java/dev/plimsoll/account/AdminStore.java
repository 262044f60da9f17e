package dev.plimsoll.account;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** All accounts, for the operator: how much they hold and how they may be held back, and nothing of what is in them. */
@Singleton
public class AdminStore {
    private static final String OVERVIEW = """
            select a.id, a.name, a.created_at, a.suspended_at, a.suspended_because,
                   a.max_positions, a.max_rules, a.max_channels, s.at as seen_at,
                   (select count(*) from position p where p.account_id = a.id) as positions,
                   (select count(*) from rule r where r.account_id = a.id) as rules,
                   (select count(*) from channel c where c.account_id = a.id) as channels,
                   (select count(*) from alert t where t.account_id = a.id and t.state = 'firing') as firing
            from account a
            left join account_seen s on s.account_id = a.id
            """;

    private static final String SUSPEND = """
            update account
            set suspended_at = coalesce(suspended_at, now()),
                suspended_because = $2
            where id = $1
            """;

    private static final String RESUME = """
            update account
            set suspended_at = null,
                suspended_because = null
            where id = $1
            """;

    private static final String LIMIT = """
            update account
            set max_positions = $2,
                max_rules = $3,
                max_channels = $4
            where id = $1
            """;

    private final Pool engine;

    @Inject
    AdminStore(@ReactiveDataSource("engine") Pool engine) {
        this.engine = engine;
    }

    /** The oldest first. */
    public Uni<List<AccountOverview>> list(UUID after, int limit) {
        return engine.preparedQuery(OVERVIEW + "where a.id > $1 order by a.id limit $2")
                .execute(Tuple.of(after, limit))
                .map(AdminStore::overviews);
    }

    public Uni<Optional<AccountOverview>> find(UUID id) {
        return engine.preparedQuery(OVERVIEW + "where a.id = $1")
                .execute(Tuple.of(id))
                .map(rows -> overviews(rows).stream().findFirst());
    }

    /** From the next request on none of its keys is let in. @param reason its owner is told */
    public Uni<Void> suspend(UUID id, String reason) {
        return engine.preparedQuery(SUSPEND).execute(Tuple.of(id, reason)).replaceWithVoid();
    }

    public Uni<Void> resume(UUID id) {
        return engine.preparedQuery(RESUME).execute(Tuple.of(id)).replaceWithVoid();
    }

    /** What there is beyond a quota stays; nothing is added until it is below. */
    public Uni<Void> limit(UUID id, Quotas quotas) {
        return engine.preparedQuery(LIMIT)
                .execute(Tuple.of(
                        id,
                        quotas.positions().orElse(null),
                        quotas.rules().orElse(null),
                        quotas.channels().orElse(null)))
                .replaceWithVoid();
    }

    private static List<AccountOverview> overviews(RowSet<Row> rows) {
        return rows.stream().map(AdminStore::overview).toList();
    }

    private static AccountOverview overview(Row row) {
        return new AccountOverview(
                row.getUUID("id"),
                row.getString("name"),
                row.getOffsetDateTime("created_at").toInstant(),
                Optional.ofNullable(row.getOffsetDateTime("seen_at")).map(OffsetDateTime::toInstant),
                Optional.ofNullable(row.getOffsetDateTime("suspended_at")).map(OffsetDateTime::toInstant),
                Optional.ofNullable(row.getString("suspended_because")),
                new AccountOverview.Counts(
                        row.getLong("positions"), row.getLong("rules"), row.getLong("channels"), row.getLong("firing")),
                new Quotas(
                        Optional.ofNullable(row.getInteger("max_positions")),
                        Optional.ofNullable(row.getInteger("max_rules")),
                        Optional.ofNullable(row.getInteger("max_channels"))));
    }
}
