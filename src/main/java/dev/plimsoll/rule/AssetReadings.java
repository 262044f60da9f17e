package dev.plimsoll.rule;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.Extremes;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.Trail;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Measures conditions on assets in one tick, each once however many rules ask it.
 *
 * <p>Where there is no believable price nothing is measured, and what is not measured neither fires nor resolves. Only of
 * {@code price-stale} silence is the point.
 */
public final class AssetReadings {
    private static final PriceRange DOLLAR = PriceRange.between(BigDecimal.ONE, BigDecimal.ONE);

    private final MarketSnapshot market;
    private final Trail trail;
    private final Map<Condition.OnAsset, Measure> measured = new ConcurrentHashMap<>();

    /** @param trail the prices of the last day, up to this market */
    public AssetReadings(MarketSnapshot market, Trail trail) {
        this.market = market;
        this.trail = trail;
    }

    public MarketSnapshot market() {
        return market;
    }

    /** The prices of the last day, up to the market. */
    public Trail trail() {
        return trail;
    }

    public Measure of(Condition.OnAsset condition) {
        return measured.computeIfAbsent(condition, this::measure);
    }

    private Measure measure(Condition.OnAsset condition) {
        return switch (condition) {
            case Condition.AssetPrice(var asset) -> Measure.of(Readings.ofPrice(asset, market));
            case Condition.PriceChange change -> change(change);
            case Condition.PriceDivergence(var asset, var source) -> Divergences.measure(consensus(asset), source);
            case Condition.PriceStale(var asset, var source) -> Staleness.measure(consensus(asset), source);
            case Condition.Depeg depeg -> depeg(depeg);
        };
    }

    private Measure change(Condition.PriceChange change) {
        return market.range(change.asset()).isBounded()
                ? Measure.of(moved(change, change.direction()))
                : unpriced(change.asset());
    }

    /** In percent, of an asset that has a believable price. */
    public Reading.Measured moved(Condition.PriceChange change, Condition.Direction way) {
        return PriceMoves.change(market.range(change.asset()), extremes(change), way);
    }

    /** Of the window that ends now, of an asset that has a believable price; of that alone where nothing was before. */
    public Extremes extremes(Condition.PriceChange change) {
        var now = market.range(change.asset());
        var high = now.high().orElseThrow();
        return trail.within(change.asset(), market.tick().at(), change.within())
                .orElseGet(() -> new Extremes(now.low(), high, now.low(), high));
    }

    private Measure depeg(Condition.Depeg depeg) {
        var price = market.range(depeg.asset());
        var of = reference(depeg);
        if (!price.isBounded()) {
            return unpriced(depeg.asset());
        }
        return of.isBounded()
                ? Measure.of(PriceMoves.depeg(price, of))
                : unpriced(depeg.of().orElseThrow());
    }

    /** What one token should be worth, in US dollars. */
    public PriceRange reference(Condition.Depeg depeg) {
        return depeg.of().map(market::range).orElse(DOLLAR);
    }

    private static Measure unpriced(Asset asset) {
        return Measure.unreadable("no believable price of " + asset);
    }

    private Consensus consensus(Asset asset) {
        return market.of(asset).orElseGet(() -> new Consensus.NoQuorum(asset, "the last tick did not ask", List.of()));
    }
}
