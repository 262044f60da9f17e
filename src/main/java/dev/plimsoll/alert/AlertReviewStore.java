package dev.plimsoll.alert;

import dev.plimsoll.risk.HealthFactor;
import dev.plimsoll.rule.Severity;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Which alerts fired in a time, for who looks back on it. */
@Singleton
public class AlertReviewStore {
    /** Of each account; how many there were is counted all the same. */
    private static final int MOST = 20;

    private static final String FIRED = """
            select account_id, since, id, severity, started_at, resolved_at, all_of_them, firing,
                   shown #>> '{rule,name}' as rule,
                   coalesce(shown #>> '{position,name}', substring(subject from '^asset:(.*)$')) as about
            from (select a.*,
                         w.since,
                         count(*) over time as all_of_them,
                         count(*) filter (where state = 'firing') over time as firing,
                         row_number() over (partition by a.account_id, w.since
                                            order by state, array_position(array['critical', 'warning', 'info'], severity), started_at desc) as place
                  from alert a
                  join unnest($1::uuid[], $2::timestamptz[]) as w (account_id, since) on w.account_id = a.account_id
                  where state <> 'pending'
                    and subject not like 'drill:%'
                    and (resolved_at is null or resolved_at >= w.since)
                  window time as (partition by a.account_id, w.since)) fired
            where place <= $3
            order by account_id, since, place
            """;

    /** The worst of each position, by each measure of how near liquidation is. */
    private static final String SEEN = """
            select distinct on (a.account_id, w.since, a.position_id, measure)
                   a.account_id, w.since, a.position_id, a.id, a.started_at, a.worst,
                   a.shown #>> '{rule,condition,type}' as measure
            from alert a
            join unnest($1::uuid[], $2::timestamptz[]) as w (account_id, since) on w.account_id = a.account_id
            where a.state <> 'pending'
              and (a.resolved_at is null or a.resolved_at >= w.since)
              and a.position_id is not null
              and a.worst is not null
              and a.shown #>> '{rule,condition,type}' in ('health-factor', 'liquidation-distance')
              and a.shown #>> '{rule,condition,asset}' is null
            order by a.account_id, w.since, a.position_id, measure, a.worst
            """;

    /**
     * One alert.
     *
     * @param about what its position, or asset, is called; empty where it is about the account
     * @param ended empty while it fires
     */
    public record Fired(
            UUID id, Severity severity, String rule, Optional<String> about, Instant began, Optional<Instant> ended) {}

    /** How near liquidation an alert saw a position, on the amounts of then. */
    public sealed interface Measure {
        /** @param value at its lowest */
        record Factor(HealthFactor value) implements Measure {}

        /** @param percent of the price, at its lowest */
        record Distance(BigDecimal percent) implements Measure {}
    }

    /** @param began when the alert did */
    public record Sighting(UUID alert, UUID position, Instant began, Measure measure) {}

    /**
     * @param count  how many there were
     * @param firing how many of them still fire
     * @param some   those that fire and the gravest first; not all where there were many
     * @param seen   of each position the worst that any of them saw
     */
    public record Review(int count, int firing, List<Fired> some, List<Sighting> seen) {
        public static final Review NONE = new Review(0, 0, List.of(), List.of());

        public Review {
            some = List.copyOf(some);
            seen = List.copyOf(seen);
        }
    }

    /** A time up to now. @param since what fired at any time after it counts */
    public record Window(UUID account, Instant since) {}

    /** Of each window; none where nothing fired. @param tx of the engine, or of the one account */
    public Uni<Map<Window, Review>> of(SqlConnection tx, List<Window> windows) {
        return tx.preparedQuery(FIRED)
                .execute(columns(windows).addValue(MOST))
                .chain(fired -> tx.preparedQuery(SEEN)
                        .execute(columns(windows))
                        .map(AlertReviewStore::sightings)
                        .map(seen -> reviews(fired, seen)));
    }

    private static Tuple columns(List<Window> windows) {
        return Tuple.of(
                windows.stream().map(Window::account).toArray(UUID[]::new),
                windows.stream()
                        .map(window -> window.since().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new));
    }

    private static Map<Window, List<Sighting>> sightings(RowSet<Row> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(
                        AlertReviewStore::window, Collectors.mapping(AlertReviewStore::sighting, Collectors.toList())));
    }

    private static Map<Window, Review> reviews(RowSet<Row> fired, Map<Window, List<Sighting>> seen) {
        return fired.stream().collect(Collectors.groupingBy(AlertReviewStore::window)).entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        entry -> review(entry.getValue(), seen.getOrDefault(entry.getKey(), List.of()))));
    }

    private static Review review(List<Row> rows, List<Sighting> seen) {
        var any = rows.getFirst();
        return new Review(
                any.getInteger("all_of_them"),
                any.getInteger("firing"),
                rows.stream().map(AlertReviewStore::fired).toList(),
                seen);
    }

    private static Window window(Row row) {
        return new Window(
                row.getUUID("account_id"), row.getOffsetDateTime("since").toInstant());
    }

    private static Sighting sighting(Row row) {
        var worst = row.getBigDecimal("worst");
        return new Sighting(
                row.getUUID("id"),
                row.getUUID("position_id"),
                row.getOffsetDateTime("started_at").toInstant(),
                row.getString("measure").equals("health-factor")
                        ? new Measure.Factor(HealthFactor.of(worst))
                        : new Measure.Distance(worst));
    }

    private static Fired fired(Row row) {
        return new Fired(
                row.getUUID("id"),
                Severity.valueOf(row.getString("severity").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString("rule")).orElse("a rule"),
                Optional.ofNullable(row.getString("about")),
                row.getOffsetDateTime("started_at").toInstant(),
                Optional.ofNullable(row.getOffsetDateTime("resolved_at")).map(OffsetDateTime::toInstant));
    }
}
