package dev.plimsoll.market;

import dev.plimsoll.market.PriceAge.Thinning;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Recorded prices: a row for each asset and minute, later for five minutes, then for an hour. What is written twice counts
 * once: of extremes and divergences the farther stays, of closes the later.
 */
@Singleton
public class PriceStore {

    /** Where a row is there already. */
    private static final String JOIN = """
            on conflict (span_minutes, at, asset) do update
            set lowest_low_usd = least(price.lowest_low_usd, excluded.lowest_low_usd),
                lowest_high_usd = least(price.lowest_high_usd, excluded.lowest_high_usd),
                highest_low_usd = greatest(price.highest_low_usd, excluded.highest_low_usd),
                highest_high_usd = greatest(price.highest_high_usd, excluded.highest_high_usd),
                close_usd = coalesce(excluded.close_usd, price.close_usd),
                divergence_bps = farther_bps(price.divergence_bps, excluded.divergence_bps)
            """;

    private static final String RECORD = """
            insert into price (asset, at, lowest_low_usd, lowest_high_usd, highest_low_usd, highest_high_usd, close_usd, divergence_bps)
            select asset, at, lowest_low, lowest_high, highest_low, highest_high, close, divergence
            from unnest($1::text[], $2::timestamptz[], $3::numeric[], $4::numeric[], $5::numeric[], $6::numeric[], $7::numeric[],
                        $8::jsonb[])
                as minute (asset, at, lowest_low, lowest_high, highest_low, highest_high, close, divergence)
            """ + JOIN;

    private static final String THIN = """
            with finer as (
                delete from price
                where span_minutes = $1
                  and at >= $3
                  and at < $4
                returning *)
            insert into price (span_minutes, asset, at, lowest_low_usd, lowest_high_usd, highest_low_usd, highest_high_usd, close_usd,
                               divergence_bps)
            select $2, asset, date_bin(make_interval(mins => $2), at, 'epoch'),
                   min(lowest_low_usd), min(lowest_high_usd), max(highest_low_usd), max(highest_high_usd),
                   (array_agg(close_usd order by at desc) filter (where close_usd is not null))[1],
                   farthest_bps(divergence_bps)
            from finer
            group by 1, 2, 3
            """ + JOIN;

    private static final String OLDEST = """
            select date_trunc('hour', at, 'UTC') as at
            from price
            where span_minutes = $1
              and at < $2
            order by price.at
            limit 1""";

    private static final String LAST = """
            select max(at) as at
            from price
            where span_minutes = 1
              and at >= $1
              and at < $2""";

    private static final String READ = """
            select asset, at, lowest_low_usd, lowest_high_usd, highest_low_usd, highest_high_usd, close_usd, divergence_bps
            from price
            where span_minutes = 1
              and at >= $1
              and at < $2""";

    private static final Duration PAGE = Duration.ofHours(1);
    private static final Duration JOINED_AT_ONCE = Duration.ofHours(6);

    private final Pool engine;

    PriceStore(@ReactiveDataSource("engine") Pool engine) {
        this.engine = engine;
    }

    /** Each month gets its partition where it has none, so that a missing one never loses a price. */
    public Uni<Void> record(SqlConnection tx, List<PriceMinute> minutes) {
        return makeMonths(tx, minutes.stream().map(PriceMinute::at).toList())
                .chain(() -> tx.preparedQuery(RECORD).execute(PriceRow.columns(minutes)))
                .replaceWithVoid();
    }

    /** Makes the partitions of the months of these instants, where there are none. */
    public Uni<Void> makeMonths(SqlConnection tx, Collection<Instant> instants) {
        var months = instants.stream().map(PriceStore::month).distinct().toArray(OffsetDateTime[]::new);
        return tx.preparedQuery("select make_price_month(month) from unnest($1::timestamptz[]) as month")
                .execute(Tuple.of(months))
                .replaceWithVoid();
    }

    /** When the last recorded minute began that lies between these two; of nothing thinned. */
    public Uni<Optional<Instant>> last(Instant from, Instant to) {
        return engine.preparedQuery(LAST).execute(Tuple.of(utc(from), utc(to))).map(PriceStore::instant);
    }

    /** Reads an hour at a time what was recorded of every minute between these two. */
    public Uni<Void> read(Instant from, Instant to, Consumer<List<PriceMinute>> each) {
        return Multi.createFrom()
                .items(Stream.iterate(from, to::isAfter, start -> start.plus(PAGE)))
                .onItem()
                .transformToUniAndConcatenate(
                        start -> page(start, start.plus(PAGE)).invoke(each))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /**
     * Joins the oldest few hours that may be joined. Done twice, or by two at once, it does no harm.
     *
     * @return how many rows it made; zero when nothing is left to be done
     */
    public Uni<Integer> thin(Thinning thinning) {
        return engine.preparedQuery(OLDEST)
                .execute(Tuple.of(thinning.fromMinutes(), utc(thinning.before())))
                .map(PriceStore::instant)
                .chain(oldest -> oldest.map(start -> thin(thinning, start))
                        .orElseGet(() -> Uni.createFrom().item(0)));
    }

    /** @return the name of the month's partition that was dropped, if one lay before that instant as a whole */
    public Uni<Optional<String>> dropMonth(SqlConnection tx, Instant before) {
        return tx.preparedQuery("select drop_price_month($1)")
                .execute(Tuple.of(utc(before)))
                .map(rows -> Optional.ofNullable(rows.iterator().next().getString(0)));
    }

    private Uni<Integer> thin(Thinning thinning, Instant start) {
        var end = start.plus(JOINED_AT_ONCE);
        return engine.preparedQuery(THIN)
                .execute(Tuple.of(
                        thinning.fromMinutes(),
                        thinning.toMinutes(),
                        utc(start),
                        utc(end.isBefore(thinning.before()) ? end : thinning.before())))
                .map(RowSet::rowCount);
    }

    private Uni<List<PriceMinute>> page(Instant from, Instant to) {
        return engine.preparedQuery(READ)
                .execute(Tuple.of(utc(from), utc(to)))
                .map(rows -> rows.stream().map(PriceRow::read).toList());
    }

    private static Optional<Instant> instant(RowSet<Row> rows) {
        return rows.stream().findFirst().map(row -> row.getOffsetDateTime("at")).map(OffsetDateTime::toInstant);
    }

    private static OffsetDateTime month(Instant at) {
        return utc(at).withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
