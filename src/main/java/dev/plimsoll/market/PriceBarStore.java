package dev.plimsoll.market;

import dev.plimsoll.unit.Asset;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Prices of the past as bars: as they were recorded, however far joined, and then what this replica knows itself. */
@Singleton
public class PriceBarStore {
    /** A month of minutes is a hundred thousand rows: they come as one row of columns for each asset. */
    private static final String READ = """
            select asset,
                   array_agg(extract(epoch from at)::bigint order by at, span_minutes desc) as begins,
                   array_agg(span_minutes order by at, span_minutes desc) as minutes,
                   array_agg(lowest_low_usd::float8 order by at, span_minutes desc) as lowest_low,
                   array_agg(lowest_high_usd::float8 order by at, span_minutes desc) as lowest_high,
                   array_agg(highest_low_usd::float8 order by at, span_minutes desc) as highest_low,
                   array_agg(highest_high_usd::float8 order by at, span_minutes desc) as highest_high,
                   array_agg(close_usd::float8 order by at, span_minutes desc) as close
            from price
            where asset = any($1)
              and at >= $2
              and at < $3
            group by asset""";

    private static final Duration PAGE = Duration.ofDays(7);

    /** Minutes that are over are recorded within one of these. */
    private static final Duration NOT_YET_RECORDED = Duration.ofHours(1);

    private final Pool engine;
    private final LatestMarket latest;

    PriceBarStore(@ReactiveDataSource("engine") Pool engine, LatestMarket latest) {
        this.engine = engine;
        this.latest = latest;
    }

    /**
     * What was believed of these assets between two instants: the oldest first, none over another. An asset of which
     * nothing was believed is not there.
     */
    public Uni<Map<Asset, List<PriceBar>>> read(Collection<Asset> assets, Instant from, Instant to) {
        var symbols = assets.stream().map(Asset::symbol).toArray(String[]::new);
        return Multi.createFrom()
                .items(Stream.iterate(from, to::isAfter, start -> start.plus(PAGE)))
                .onItem()
                .transformToUniAndConcatenate(start -> page(symbols, start, earlier(start.plus(PAGE), to)))
                .collect()
                .in(HashMap<Asset, List<PriceBar>>::new, PriceBarStore::add)
                .invoke(bars -> assets.forEach(asset -> addFresh(bars, asset, from, to)))
                .map(Map::copyOf);
    }

    private Uni<RowSet<Row>> page(String[] symbols, Instant from, Instant to) {
        return engine.preparedQuery(READ)
                .execute(Tuple.of(symbols, from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC)));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static void add(Map<Asset, List<PriceBar>> bars, RowSet<Row> rows) {
        rows.forEach(row -> PriceRow.bars(row).forEach(bar -> add(bars, new Asset(row.getString("asset")), bar)));
    }

    private void addFresh(Map<Asset, List<PriceBar>> bars, Asset asset, Instant from, Instant to) {
        var start = to.minus(NOT_YET_RECORDED);
        latest.trail()
                .minutes(asset, start.isAfter(from) ? start : from, to)
                .forEach(minute -> add(bars, asset, PriceBar.of(minute)));
    }

    /** What lies over an earlier one is left out: known twice, or the clock was set back. */
    private static void add(Map<Asset, List<PriceBar>> bars, Asset asset, PriceBar bar) {
        var known = bars.computeIfAbsent(asset, one -> new ArrayList<>());
        if (known.isEmpty() || bar.from() >= known.getLast().to()) {
            known.add(bar);
        }
    }
}
