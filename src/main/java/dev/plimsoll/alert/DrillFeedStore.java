package dev.plimsoll.alert;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Drills of every account that are due or under way. One is taken by one replica at a time. */
@ApplicationScoped
public class DrillFeedStore {
    private static final int MOST = 1_000;

    private static final String OPEN = """
            select id
            from drill
            where state = 'running'
               or state = 'scheduled' and due_at <= now()
            order by due_at
            limit $1
            """;

    /** Whoever acknowledges locks the alert first, and so do we. */
    private static final String LOCK_ALERT = """
            select id
            from alert
            where id = $1
            for update
            """;

    private static final String TAKE = """
            select d.*, a.timezone, now() as now,
                   coalesce((select r.shown #>> '{rule,name}'
                             from alert r
                             where r.account_id = d.account_id
                               and r.state = 'firing'
                               and r.severity = 'critical'
                               and r.subject not like 'drill:%'
                             limit 1),
                            (select 'another drill'
                             from drill o
                             where o.account_id = d.account_id
                               and o.id <> d.id
                               and o.state = 'running')) as busy,
                   (select s.reason
                    from silence s
                    where s.account_id = d.account_id
                      and s.watches = '"all"'
                      and now() between s.starts_at and s.ends_at
                    limit 1) as silence,
                   exists (select
                           from channel c
                           where c.account_id = d.account_id
                             and c.state = 'active'
                             and c.buddy is null) as reachable,
                   (select r.id
                    from rule r
                    where r.account_id = d.account_id
                      and r.levels @> '[{"severity":"critical"}]'
                    order by r.id
                    limit 1) as first_rule
            from drill d
            join account a on a.id = d.account_id
            where d.id = $1
              and d.state in ('scheduled', 'running')
            for update of d skip locked
            """;

    private static final String LAST = """
            select distinct on (account_id) *
            from drill
            where account_id = any($1)
              and state in ('acknowledged', 'unacknowledged')
            order by account_id, started_at desc
            """;

    private final Pool engine;

    DrillFeedStore(@ReactiveDataSource("engine") Pool engine) {
        this.engine = engine;
    }

    /**
     * One drill, and what stands around it.
     *
     * @param busy      what fires in earnest and is critical, or that another drill runs
     * @param silence   why everything is kept from the owner just now
     * @param reachable whether any channel of the owner's own is active
     * @param rule      its own, or the oldest with a critical level
     * @param zone      of the clock on the owner's wall
     * @param now       by the database
     */
    public record Taken(
            Drill drill,
            Optional<String> busy,
            Optional<String> silence,
            boolean reachable,
            Optional<UUID> rule,
            ZoneId zone,
            Instant now) {}

    /** Those that something may have to be done about, the longest due first. */
    public Uni<List<UUID>> open() {
        return engine.preparedQuery(OPEN)
                .execute(Tuple.of(MOST))
                .map(rows -> rows.stream().map(row -> row.getUUID("id")).toList());
    }

    /** Empty where somebody else sees to it just now. @param tx of the engine */
    public Uni<Optional<Taken>> take(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCK_ALERT)
                .execute(Tuple.of(id))
                .chain(() -> tx.preparedQuery(TAKE).execute(Tuple.of(id)))
                .map(rows -> rows.stream().findFirst().map(DrillFeedStore::taken));
    }

    /** It is due at another time. */
    public Uni<Void> postpone(SqlConnection tx, UUID id, Instant dueAt) {
        return tx.preparedQuery("update drill set due_at = $2 where id = $1")
                .execute(Tuple.of(id, dueAt.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    public Uni<Void> begin(SqlConnection tx, UUID id, UUID rule) {
        return tx.preparedQuery("update drill set state = 'running', rule_id = $2, started_at = now() where id = $1")
                .execute(Tuple.of(id, rule))
                .replaceWithVoid();
    }

    /** @param why empty keeps what is known */
    public Uni<Void> end(SqlConnection tx, UUID id, Drill.State state, Optional<String> why) {
        return tx.preparedQuery("update drill set state = $2, why = coalesce($3, why), ended_at = now() where id = $1")
                .execute(Tuple.of(id, state.word(), why.orElse(null)))
                .replaceWithVoid();
    }

    /** Of each account the last that somebody acknowledged, or nobody. @param tx of the engine, or of the one account */
    public Uni<Map<UUID, Drill>> last(SqlConnection tx, Collection<UUID> accounts) {
        return tx.preparedQuery(LAST)
                .execute(Tuple.of(accounts.toArray(UUID[]::new)))
                .map(rows -> rows.stream()
                        .map(DrillFeedStore::drill)
                        .collect(Collectors.toMap(Drill::account, Function.identity())));
    }

    private static Taken taken(Row row) {
        return new Taken(
                drill(row),
                Optional.ofNullable(row.getString("busy")),
                Optional.ofNullable(row.getString("silence")),
                row.getBoolean("reachable"),
                Optional.ofNullable(row.getUUID("rule_id")).or(() -> Optional.ofNullable(row.getUUID("first_rule"))),
                ZoneId.of(row.getString("timezone")),
                row.getOffsetDateTime("now").toInstant());
    }

    private static Drill drill(Row row) {
        return new Drill(
                row.getUUID("id"),
                row.getUUID("account_id"),
                Optional.ofNullable(row.getUUID("rule_id")),
                Drill.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getOffsetDateTime("due_at").toInstant(),
                instant(row, "latest_at")
                        .map(latest -> new DrillWindow(
                                row.getLocalTime("window_from"), row.getLocalTime("window_to"), latest)),
                Optional.ofNullable(row.getString("why")),
                instant(row, "started_at"),
                instant(row, "acknowledged_at"),
                Optional.ofNullable(row.getString("acknowledged_by")),
                instant(row, "ended_at"),
                row.getOffsetDateTime("created_at").toInstant());
    }

    private static Optional<Instant> instant(Row row, String column) {
        return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
    }
}
