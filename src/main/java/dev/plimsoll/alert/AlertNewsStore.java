package dev.plimsoll.alert;

import dev.plimsoll.account.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;

/** What happened to the alerts of one account, in the order of the transactions that committed it. */
@ApplicationScoped
public class AlertNewsStore {
    /** Of one reading: more than a crash does to one account. */
    private static final int MOST = 5_000;

    private static final String STEPS = """
            select alert_id, xid::text as xid, sequence, type, reason, severity, at, detail
            from transition
            where account_id = $1
              and xid >= $2::text::xid8
            order by xid, alert_id, sequence
            limit $3
            """;

    private static final String ALERTS = AlertJson.COLUMNS + """
            where account_id = $1
              and id = any($2)
              and subject not like 'drill:%'
            """;

    private final Tenant tenant;

    AlertNewsStore(Tenant tenant) {
        this.tenant = tenant;
    }

    /**
     * One step of one alert.
     *
     * @param xid  the transaction that wrote it
     * @param json the alert as its owner sees it now, with this step as {@code transition}
     */
    public record Step(UUID alert, int sequence, long xid, JsonObject json) {}

    /**
     * Some steps, the first committed first.
     *
     * @param cut where there may be more: the transaction of the last one read, to be read again
     */
    public record Reading(List<Step> steps, OptionalLong cut) {
        public Reading {
            steps = List.copyOf(steps);
        }
    }

    /** @param xid of the first transaction that may hold news */
    public Uni<Reading> since(UUID account, long xid) {
        return tenant.sql(
                account,
                connection -> connection
                        .preparedQuery(STEPS)
                        .execute(Tuple.of(account, Long.toUnsignedString(xid), MOST))
                        .map(rows -> rows.stream().toList())
                        .chain(rows -> told(connection, account, rows)));
    }

    private static Uni<Reading> told(SqlConnection connection, UUID account, List<Row> rows) {
        var ids = rows.stream().map(row -> row.getUUID("alert_id")).distinct().toArray(UUID[]::new);
        return connection
                .preparedQuery(ALERTS)
                .execute(Tuple.of(account, ids))
                .map(found -> found.stream().collect(Collectors.toMap(row -> row.getUUID("id"), AlertJson::alert)))
                .map(alerts ->
                        rows.stream().flatMap(row -> step(row, alerts).stream()).toList())
                .map(steps -> new Reading(steps, cut(rows)));
    }

    /** Empty where the alert is gone by now. */
    private static Optional<Step> step(Row row, Map<UUID, JsonObject> alerts) {
        var id = row.getUUID("alert_id");
        return Optional.ofNullable(alerts.get(id))
                .map(alert -> alert.copy().put("transition", AlertJson.transition(row, false)))
                .map(json -> new Step(id, row.getInteger("sequence"), xid(row), json));
    }

    private static OptionalLong cut(List<Row> rows) {
        return rows.size() < MOST ? OptionalLong.empty() : OptionalLong.of(xid(rows.getLast()));
    }

    private static long xid(Row row) {
        return Long.parseUnsignedLong(row.getString("xid"));
    }
}
