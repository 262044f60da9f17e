package dev.plimsoll.alert;

import dev.plimsoll.account.Keyset;
import dev.plimsoll.alert.AlertWrite.Kind;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** Alerts of every account, for the watch: their rows and their timelines. */
@Singleton
public class AlertStore {
    /** JSON as text, or it would be parsed on the event loop. */
    private static final String COLUMNS = """
            select id, account_id, rule_id, subject, sequence, acknowledged_at, snoozed_until, life::text as life,
                   shown::text as shown, hush, version
            from alert
            """;

    private static final String LATEST = COLUMNS + """
            where id > $1
              and subject not like 'drill:%'
              and not exists (select
                              from alert later
                              where later.rule_id = alert.rule_id
                                and later.subject = alert.subject
                                and later.episode > alert.episode)
            order by id
            limit $2
            """;

    private final Pool engine;

    AlertStore(@ReactiveDataSource("engine") Pool engine) {
        this.engine = engine;
    }

    /** The last alert of every (rule, subject), unresolved or not, in pages ordered by id; how many there were. */
    public Uni<Long> latest(Consumer<List<Alert>> page) {
        return new Keyset<>(engine, LATEST, row -> Optional.of(alert(row))).forEach(page);
    }

    /** Those of the ids that still exist. */
    public Uni<List<Alert>> byIds(Collection<UUID> ids) {
        return engine.preparedQuery(COLUMNS + "where id = any($1) and subject not like 'drill:%'")
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(AlertStore::alerts);
    }

    /** That of a drill, which no tick judges. @param tx of the engine */
    public Uni<Optional<Alert>> ofDrill(SqlConnection tx, UUID drill) {
        return tx.preparedQuery(COLUMNS + "where id = $1 and subject like 'drill:%'")
                .execute(Tuple.of(drill))
                .map(rows -> alerts(rows).stream().findFirst());
    }

    /** The last alert of each of these keys, where there is one. */
    public Uni<List<Alert>> byKeys(Collection<Alert.Key> keys) {
        return engine.preparedQuery("""
                        select distinct on (a.rule_id, a.subject)
                               a.id, a.account_id, a.rule_id, a.subject, a.sequence, a.acknowledged_at, a.snoozed_until,
                               a.life::text as life, a.shown::text as shown, a.hush, a.version
                        from alert a
                        join unnest($1::uuid[], $2::text[]) k (rule_id, subject)
                          on a.rule_id = k.rule_id and a.subject = k.subject
                        order by a.rule_id, a.subject, a.episode desc
                        """)
                .execute(Tuple.of(
                        keys.stream().map(Alert.Key::rule).toArray(UUID[]::new),
                        keys.stream().map(key -> key.subject().text()).toArray(String[]::new)))
                .map(AlertStore::alerts);
    }

    /**
     * Writes the rows and, of those that were written, the timelines. A row whose version has moved on, or whose place is
     * taken, is left alone: its step was made from a state that is no more, and has to be made again.
     *
     * @return the ids of the rows written
     */
    public Uni<Set<UUID>> write(SqlConnection connection, List<AlertWrite> writes) {
        var won = new HashSet<UUID>();
        return execute(connection, AlertRow.LOCK, AlertRow::locked, changing(writes), new HashSet<>())
                .chain(() -> execute(connection, AlertRow.DELETE, AlertRow::deleted, of(Kind.DELETE, writes), won))
                .chain(() -> execute(connection, AlertRow.UPDATE, AlertRow::updated, of(Kind.UPDATE, writes), won))
                .chain(() -> execute(connection, AlertRow.INSERT, AlertRow::inserted, of(Kind.INSERT, writes), won))
                .chain(() -> timeline(connection, writes, won))
                .replaceWith(won);
    }

    /** Of rows that exist: new ones nobody else can hold. */
    private static List<AlertWrite> changing(List<AlertWrite> writes) {
        return writes.stream().filter(write -> write.seen().isPresent()).toList();
    }

    private static List<AlertWrite> of(Kind kind, List<AlertWrite> writes) {
        return writes.stream().filter(write -> write.kind() == kind).toList();
    }

    private static Uni<Void> execute(
            SqlConnection connection,
            String sql,
            Function<List<AlertWrite>, Tuple> columns,
            List<AlertWrite> writes,
            Set<UUID> won) {
        return writes.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery(sql)
                        .execute(columns.apply(writes))
                        .invoke(rows -> rows.forEach(row -> won.add(row.getUUID("id"))))
                        .replaceWithVoid();
    }

    private static Uni<Void> timeline(SqlConnection connection, List<AlertWrite> writes, Set<UUID> won) {
        var told = writes.stream()
                .filter(write ->
                        won.contains(write.id()) && !write.transitions().isEmpty())
                .toList();
        return execute(connection, AlertRow.TIMELINE, AlertRow::timeline, told, new HashSet<>());
    }

    private static List<Alert> alerts(RowSet<Row> rows) {
        return rows.stream().map(AlertStore::alert).toList();
    }

    private static Alert alert(Row row) {
        var key = new Alert.Key(row.getUUID("rule_id"), Subject.parse(row.getString("subject")));
        var attention = new Attention(instant(row, "acknowledged_at"), instant(row, "snoozed_until"));
        var state =
                AlertStateJson.read(new JsonObject(row.getString("life"))).acted(row.getInteger("sequence"), attention);
        return new Alert(
                row.getUUID("id"),
                row.getUUID("account_id"),
                key,
                state,
                Hush.parse(Optional.ofNullable(row.getString("hush"))),
                row.getString("shown"),
                row.getLong("version"));
    }

    private static Optional<Instant> instant(Row row, String column) {
        return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
    }
}
