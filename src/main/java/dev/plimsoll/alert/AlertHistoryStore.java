package dev.plimsoll.alert;

import dev.plimsoll.account.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The alerts of one account, for its owner to read. */
@ApplicationScoped
public class AlertHistoryStore {
    private static final String LIST = AlertJson.COLUMNS + """
            where account_id = $1
              and subject not like 'drill:%'
              and ($2::text is null or state = $2)
              and ($3::uuid is null or position_id = $3)
              and ($4::uuid is null or rule_id = $4)
              and ($5::uuid is null or id < $5)
            order by id desc
            limit $6
            """;

    private static final String ONE = AlertJson.COLUMNS + """
            where account_id = $1
              and id = $2
            """;

    private static final String TIMELINE = """
            select sequence, type, reason, severity, at, detail
            from transition
            where account_id = $1
              and alert_id = $2
            order by sequence
            """;

    private final Tenant tenant;
    private final Clock clock;

    AlertHistoryStore(Tenant tenant, Clock clock) {
        this.tenant = tenant;
        this.clock = clock;
    }

    /** Which alerts are wanted; what is empty does not matter. */
    public record Filter(Optional<String> state, Optional<UUID> position, Optional<UUID> rule) {}

    /**
     * The newest first.
     *
     * @param before the last id of the page before
     */
    public Uni<List<JsonObject>> list(UUID account, Filter filter, Optional<UUID> before, int limit) {
        var parameters = Tuple.of(account)
                .addValue(orNull(filter.state()))
                .addValue(orNull(filter.position()))
                .addValue(orNull(filter.rule()))
                .addValue(orNull(before))
                .addValue(limit);
        return tenant.sql(
                account,
                connection -> connection
                        .preparedQuery(LIST)
                        .execute(parameters)
                        .chain(rows -> alerts(connection, account, rows)));
    }

    /** With its timeline, the first step first. */
    public Uni<Optional<JsonObject>> find(UUID account, UUID id) {
        return tenant.sql(account, connection -> find(connection, account, id));
    }

    /** In a transaction of the account that the caller began. */
    public Uni<Optional<JsonObject>> find(SqlConnection tx, UUID account, UUID id) {
        return tx.preparedQuery(ONE)
                .execute(Tuple.of(account, id))
                .chain(rows -> alerts(tx, account, rows))
                .map(found -> found.stream().findFirst())
                .chain(found -> found.map(alert -> timeline(tx, account, id, alert))
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
    }

    private Uni<List<JsonObject>> alerts(SqlConnection tx, UUID account, RowSet<Row> rows) {
        return SilenceFeedStore.active(tx, account, clock.instant())
                .map(silences ->
                        rows.stream().map(row -> AlertJson.alert(row, silences)).toList());
    }

    private static Uni<Optional<JsonObject>> timeline(SqlConnection tx, UUID account, UUID id, JsonObject alert) {
        var isDrill = AlertJson.isDrill(alert);
        return tx.preparedQuery(TIMELINE)
                .execute(Tuple.of(account, id))
                .map(rows -> rows.stream()
                        .map(row -> AlertJson.transition(row, isDrill))
                        .toList())
                .map(steps -> Optional.of(alert.put("timeline", new JsonArray(steps))));
    }

    private static <T> T orNull(Optional<T> value) {
        return value.orElse(null);
    }
}
