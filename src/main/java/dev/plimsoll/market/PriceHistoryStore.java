package dev.plimsoll.market;

import dev.plimsoll.market.PriceMinute.Believed;
import dev.plimsoll.unit.Asset;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What was believed of some assets in the past: as it was recorded, and of the last hour what this replica knows itself. */
@Singleton
public class PriceHistoryStore {

    /** Minutes that are over are recorded within one of these. */
    private static final Duration NOT_YET_RECORDED = Duration.ofHours(1);

    private static final Duration LONGEST_SPAN = Duration.ofHours(1);

    private static final String READ = """
            with spans as (
                select price.*, date_bin(make_interval(mins => $4), at, $5) as bin
                from price
                where at >= $1
                  and at < $2
                  and asset = any($3)
                  and close_usd is not null),
            binned as (
                select *, at + make_interval(mins => span_minutes) <= bin + make_interval(mins => $4) as fits
                from spans)
            select asset,
                   case when fits then bin else at end as at,
                   case when fits then $4 else span_minutes end as minutes,
                   min(lowest_low_usd) as lowest_low_usd,
                   min(lowest_high_usd) as lowest_high_usd,
                   max(highest_low_usd) as highest_low_usd,
                   max(highest_high_usd) as highest_high_usd,
                   (array_agg(close_usd order by binned.at desc))[1] as close_usd
            from binned
            group by 1, 2, 3""";

    private final Pool engine;
    private final LatestMarket latest;

    PriceHistoryStore(@ReactiveDataSource("engine") Pool engine, LatestMarket latest) {
        this.engine = engine;
        this.latest = latest;
    }

    /**
     * In no order. One instant may lie in several spans of an asset, and all of them are true.
     *
     * @param length of the spans, in whole minutes; the first begins at {@code from}. What is kept together for longer, or
     *     across two of them, is a span of its own.
     */
    public Uni<List<PriceSpan>> read(Set<Asset> assets, Instant from, Instant to, Duration length) {
        return engine.preparedQuery(READ)
                .execute(Tuple.of(
                        from.minus(LONGEST_SPAN).atOffset(ZoneOffset.UTC),
                        to.atOffset(ZoneOffset.UTC),
                        assets.stream().map(Asset::symbol).toArray(String[]::new),
                        (int) length.toMinutes(),
                        from.atOffset(ZoneOffset.UTC)))
                .map(rows -> Stream.concat(rows.stream().map(PriceHistoryStore::span), fresh(assets, from, to))
                        .filter(span -> span.to().isAfter(from))
                        .toList());
    }

    private Stream<PriceSpan> fresh(Collection<Asset> assets, Instant from, Instant to) {
        var trail = latest.trail();
        var start = to.minus(NOT_YET_RECORDED);
        return assets.stream()
                .flatMap(asset -> trail.minutes(asset, start.isAfter(from) ? start : from, to).stream())
                .flatMap(minute -> minute.believed().map(seen -> PriceSpan.of(minute, seen)).stream());
    }

    private static PriceSpan span(Row row) {
        return new PriceSpan(
                new Asset(row.getString("asset")),
                row.getOffsetDateTime("at").toInstant(),
                Duration.ofMinutes(row.getInteger("minutes")),
                new Believed(PriceRow.extremes(row), row.getBigDecimal("close_usd")));
    }
}
