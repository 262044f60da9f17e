package dev.plimsoll.alert;

import dev.plimsoll.rule.Severity;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
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

    /**
     * One alert.
     *
     * @param about what its position, or asset, is called; empty where it is about the account
     * @param ended empty while it fires
     */
    public record Fired(
            UUID id, Severity severity, String rule, Optional<String> about, Instant began, Optional<Instant> ended) {}

    /**
     * @param count  how many there were
     * @param firing how many of them still fire
     * @param some   those that fire and the gravest first; not all where there were many
     */
    public record Review(int count, int firing, List<Fired> some) {
        public static final Review NONE = new Review(0, 0, List.of());

        public Review {
            some = List.copyOf(some);
        }
    }

    /** A time up to now. @param since what fired at any time after it counts */
    public record Window(UUID account, Instant since) {}

    /** Of each window; none where nothing fired. @param tx of the engine, or of the one account */
    public Uni<Map<Window, Review>> of(SqlConnection tx, List<Window> windows) {
        return tx.preparedQuery(FIRED)
                .execute(Tuple.of(
                        windows.stream().map(Window::account).toArray(UUID[]::new),
                        windows.stream()
                                .map(window -> window.since().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new),
                        MOST))
                .map(AlertReviewStore::reviews);
    }

    private static Map<Window, Review> reviews(RowSet<Row> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(
                        row -> new Window(
                                row.getUUID("account_id"),
                                row.getOffsetDateTime("since").toInstant()),
                        Collectors.collectingAndThen(Collectors.toList(), AlertReviewStore::review)));
    }

    private static Review review(Collection<Row> rows) {
        var any = rows.iterator().next();
        return new Review(
                any.getInteger("all_of_them"),
                any.getInteger("firing"),
                rows.stream().map(AlertReviewStore::fired).toList());
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
