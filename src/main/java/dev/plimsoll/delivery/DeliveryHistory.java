package dev.plimsoll.delivery;

import dev.plimsoll.account.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** What became of an account's notices, for its owner: deliveries, and every attempt at them. */
@ApplicationScoped
public class DeliveryHistory {
    private static final String DELIVERIES = """
            select d.id, d.alert_id, d.channel_id, d.state, d.reason, d.failover, d.attempts, d.created_at, d.done_at,
                   n.type, n.severity, n.sequence, n.at, q.due_at
            from delivery d
            join notice n on n.id = d.notice_id
            left join queue q on q.delivery_id = d.id
            where d.account_id = $1
            """;

    private static final String ATTEMPTS = """
            select number, at, duration_ms, status, outcome, detail, next_at
            from attempt
            where account_id = $1
              and delivery_id = $2
            order by number
            """;

    private static final String LAST = """
            select c.id, last.at, last.outcome, last.detail
            from unnest($2::uuid[]) c (id)
            cross join lateral (select a.at, a.outcome, a.detail
                                from delivery d
                                join attempt a on a.delivery_id = d.id
                                where d.account_id = $1
                                  and d.channel_id = c.id
                                order by a.at desc
                                limit 1) last
            """;

    private final Tenant tenant;

    DeliveryHistory(Tenant tenant) {
        this.tenant = tenant;
    }

    /** Which deliveries are wanted; what is empty does not matter. */
    public record Filter(Optional<UUID> alert, Optional<UUID> channel, Optional<String> state) {}

    /**
     * The newest first.
     *
     * @param before the last id of the page before
     */
    public Uni<List<JsonObject>> list(UUID account, Filter filter, Optional<UUID> before, int limit) {
        var sql = DELIVERIES + """
                  and ($2::uuid is null or d.alert_id = $2)
                  and ($3::uuid is null or d.channel_id = $3)
                  and ($4::text is null or d.state = $4)
                  and ($5::uuid is null or d.id < $5)
                order by d.id desc
                limit $6
                """;
        var parameters = Tuple.of(account)
                .addValue(orNull(filter.alert()))
                .addValue(orNull(filter.channel()))
                .addValue(orNull(filter.state()))
                .addValue(orNull(before))
                .addValue(limit);
        return tenant.sql(
                account,
                connection -> connection
                        .preparedQuery(sql)
                        .execute(parameters)
                        .map(rows ->
                                rows.stream().map(DeliveryHistory::delivery).toList()));
    }

    /** With its attempts, the first one first. */
    public Uni<Optional<JsonObject>> find(UUID account, UUID id) {
        return tenant.sql(
                account,
                connection -> connection
                        .preparedQuery(DELIVERIES + "and d.id = $2")
                        .execute(Tuple.of(account, id))
                        .map(rows -> rows.stream().findFirst().map(DeliveryHistory::delivery))
                        .chain(found -> found.map(delivery -> attempts(connection, account, id, delivery))
                                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))));
    }

    /** The last attempt at each of these channels, where there was one. */
    public Uni<Map<UUID, JsonObject>> lastAttempts(UUID account, List<UUID> channels) {
        return tenant.sql(
                account,
                connection -> connection
                        .preparedQuery(LAST)
                        .execute(Tuple.of(account, channels.toArray(UUID[]::new)))
                        .map(rows -> rows.stream()
                                .collect(Collectors.toMap(row -> row.getUUID("id"), DeliveryHistory::lastAttempt))));
    }

    private static Uni<Optional<JsonObject>> attempts(
            SqlConnection connection, UUID account, UUID id, JsonObject delivery) {
        return connection
                .preparedQuery(ATTEMPTS)
                .execute(Tuple.of(account, id))
                .map(rows -> rows.stream().map(DeliveryHistory::attempt).toList())
                .map(attempts -> Optional.of(delivery.put("attempts", new JsonArray(attempts))));
    }

    private static JsonObject delivery(Row row) {
        return new JsonObject()
                .put("id", row.getUUID("id").toString())
                .put("alert", text(row.getUUID("alert_id")))
                .put("channel", text(row.getUUID("channel_id")))
                .put("type", row.getString("type"))
                .put("severity", row.getString("severity"))
                .put("sequence", row.getInteger("sequence"))
                .put("at", time(row, "at"))
                .put("state", row.getString("state"))
                .put("reason", reason(row))
                .put("failover", row.getString("failover"))
                .put("attemptCount", row.getInteger("attempts"))
                .put("nextAttemptAt", time(row, "due_at"))
                .put("createdAt", time(row, "created_at"))
                .put("doneAt", time(row, "done_at"));
    }

    /** How it stands; where there is nothing to say of that, why this channel is told at all. */
    private static String reason(Row row) {
        return Optional.ofNullable(row.getString("reason")).orElse(row.getString("failover"));
    }

    private static JsonObject attempt(Row row) {
        return new JsonObject()
                .put("number", row.getInteger("number"))
                .put("at", time(row, "at"))
                .put("durationMillis", row.getInteger("duration_ms"))
                .put("status", row.getInteger("status"))
                .put("outcome", row.getString("outcome"))
                .put("detail", row.getString("detail"))
                .put("nextAt", time(row, "next_at"));
    }

    private static JsonObject lastAttempt(Row row) {
        return new JsonObject()
                .put("at", time(row, "at"))
                .put("outcome", row.getString("outcome"))
                .put("detail", row.getString("detail"));
    }

    /** Null in the database is null in JSON. */
    private static String time(Row row, String column) {
        return Optional.ofNullable(row.getOffsetDateTime(column))
                .map(OffsetDateTime::toInstant)
                .map(Object::toString)
                .orElse(null);
    }

    private static String text(UUID id) {
        return Optional.ofNullable(id).map(UUID::toString).orElse(null);
    }

    private static <T> T orNull(Optional<T> value) {
        return value.orElse(null);
    }
}
