package dev.plimsoll.pipeline.backtest;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.Extremes;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.PriceBar;
import dev.plimsoll.market.PriceMinute;
import dev.plimsoll.market.PriceMinute.Believed;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import dev.plimsoll.unit.Tick;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The prices of some time gone by, bar by bar. Immutable. */
public final class PastPrices {
    private static final String NOT_RECORDED = "no price of it was recorded then";

    private final Map<Asset, PastPrice> prices;
    private final List<Step> steps;

    public PastPrices(Map<Asset, PastPrice> prices) {
        this(prices, steps(prices));
    }

    private PastPrices(Map<Asset, PastPrice> prices, List<Step> steps) {
        this.prices = Map.copyOf(prices);
        this.steps = List.copyOf(steps);
    }

    /** The same from the instant on at which something is known of each asset. */
    PastPrices onceAllAreKnown() {
        return new PastPrices(
                prices,
                steps.stream()
                        .dropWhile(step -> prices.values().stream()
                                .anyMatch(price ->
                                        !price.known(step.at().getEpochSecond()).isBounded()))
                        .toList());
    }

    /**
     * An instant at which bars were over.
     *
     * @param number counts from 1
     * @param from   when the longest of these bars began
     * @param at     what is known then is judged then
     * @param bar    how long the shortest of them is
     */
    public record Step(int number, Instant from, Instant at, Duration bar) {
        Tick tick() {
            return new Tick(number, at, bar);
        }
    }

    private static List<Step> steps(Map<Asset, PastPrice> prices) {
        var byEnd = new TreeMap<Long, long[]>(); // when the longest began, and the shortest
        prices.values().stream()
                .flatMap(price -> price.bars().stream())
                .forEach(bar -> byEnd.merge(bar.to(), new long[] {bar.from(), bar.from()}, (one, other) ->
                        new long[] {Math.min(one[0], other[0]), Math.max(one[1], other[1])}));
        var number = new int[1];
        return byEnd.entrySet().stream()
                .map(end -> new Step(
                        ++number[0],
                        Instant.ofEpochSecond(end.getValue()[0]),
                        Instant.ofEpochSecond(end.getKey()),
                        Duration.ofSeconds(end.getKey() - end.getValue()[1])))
                .toList();
    }

    /** In the order of time. */
    public List<Step> steps() {
        return steps;
    }

    /** Empty where nothing is known of any asset. */
    public Optional<Span> span() {
        return steps.isEmpty()
                ? Optional.empty()
                : Optional.of(new Span(steps.getFirst().from(), steps.getLast().at()));
    }

    /** From when to when something is known. */
    public record Span(Instant from, Instant to) {}

    /** In the order of their symbols. */
    public List<Asset> assets() {
        return prices.keySet().stream().sorted().toList();
    }

    public boolean has(Asset asset) {
        return prices.containsKey(asset);
    }

    /** What could be believed at that instant. */
    MarketSnapshot known(Step step) {
        var at = step.at().getEpochSecond();
        return market(step, price -> price.known(at));
    }

    /** All that the prices were while these bars lasted. */
    MarketSnapshot within(Step step) {
        var from = step.from().getEpochSecond();
        var to = step.at().getEpochSecond();
        return market(step, price -> price.within(from, to));
    }

    /**
     * A moment that surely was.
     *
     * @param since when the bar began in which it lies
     */
    record Moment(Instant since, MarketSnapshot market) {}

    /** Moments of these bars: each asset at its own extreme, the others anywhere meanwhile; then the end. */
    Stream<Moment> moments(Step step) {
        return Stream.concat(extremes(step), Stream.of(new Moment(step.at().minus(step.bar()), known(step))));
    }

    private Stream<Moment> extremes(Step step) {
        var at = step.at().getEpochSecond();
        return prices.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> entry.getValue().ended(at).stream()
                        .filter(PriceBar::isKnown)
                        .flatMap(bar -> Stream.of(bar.atLowest(), bar.atHighest())
                                .map(extreme -> extreme(step, bar, entry.getKey(), extreme))));
    }

    private Moment extreme(Step step, PriceBar bar, Asset asset, PriceRange extreme) {
        var ranges = new HashMap<Asset, PriceRange>();
        prices.forEach((other, price) -> ranges.put(other, price.within(bar.from(), bar.to())));
        ranges.put(asset, extreme);
        return new Moment(Instant.ofEpochSecond(bar.from()), snapshot(step, ranges));
    }

    /** The bar of this asset that was over then, with its extremes, as a {@link dev.plimsoll.market.Trail} takes it. */
    List<PriceMinute> bar(Step step, Asset asset) {
        return prices.get(asset).ended(step.at().getEpochSecond()).stream()
                .map(bar -> bar.lastMinute(asset))
                .toList();
    }

    /** What could be believed of every asset then, likewise. */
    List<PriceMinute> closes(Step step) {
        return prices.entrySet().stream()
                .map(price -> new PriceMinute(
                        price.getKey(),
                        step.at().minusSeconds(60),
                        believed(price.getValue().known(step.at().getEpochSecond())),
                        Map.of()))
                .toList();
    }

    private static Optional<Believed> believed(PriceRange range) {
        return range.high()
                .filter(high -> range.isBounded())
                .map(high -> new Believed(new Extremes(range.low(), high, range.low(), high), high));
    }

    private MarketSnapshot market(Step step, Function<PastPrice, PriceRange> range) {
        var ranges = new HashMap<Asset, PriceRange>();
        prices.forEach((asset, price) -> ranges.put(asset, range.apply(price)));
        return snapshot(step, ranges);
    }

    private static MarketSnapshot snapshot(Step step, Map<Asset, PriceRange> ranges) {
        var believed = new HashMap<Asset, Consensus>();
        ranges.forEach((asset, range) -> believed.put(asset, consensus(asset, range)));
        return new MarketSnapshot(step.tick(), believed);
    }

    private static Consensus consensus(Asset asset, PriceRange range) {
        return range.isBounded()
                ? new Consensus.Agreed(asset, range, 1, BigDecimal.ZERO, List.of())
                : new Consensus.NoQuorum(asset, NOT_RECORDED, List.of());
    }
}
