package dev.plimsoll.risk;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.Trail;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo.Volatility;
import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Everything there is to say of a loan, or of perpetual contracts, in one market. Figures are computed when asked for, in
 * US dollars unless named otherwise, at the dangerous end of each price; exact to 30 digits, to be rounded when shown.
 */
public final class Health {
    private final Terms terms;
    private final List<Exposure> exposures;
    private final HealthRange range;
    private final MarketSnapshot market;
    private final AssetRegistry assets;
    private final Once<Distance> distance;
    private final Once<List<LiquidationPrice>> liquidationPrices;
    private final Once<TermsFigures> figures;
    private final Once<Advice> advice = new Once<>(() -> figures().advice());
    private final Map<Duration, Peak> peaks = new ConcurrentHashMap<>(1); // each is a walk through a day of minutes

    Health(
            Terms terms,
            List<Exposure> exposures,
            HealthRange range,
            MarketSnapshot market,
            AssetRegistry assets,
            BigDecimal target) {
        this.terms = terms;
        this.exposures = exposures;
        this.range = range;
        this.market = market;
        this.assets = assets;
        this.figures = new Once<>(() -> TermsFigures.of(terms, exposures, range.low(), assets, target));
        this.distance = new Once<>(() -> Distance.together(exposures));
        this.liquidationPrices = new Once<>(() -> new Liquidations(exposures, assets).prices());
    }

    /** The low end of {@link #range}. For a declared loan the market's price is the protocol's. */
    public HealthFactor healthFactor() {
        return range.low();
    }

    public HealthRange range() {
        return range;
    }

    /** The highest of a time that ends with this market, on the legs of now. @param trail of that time, and of now */
    public Peak highestWithin(Trail trail, Duration within) {
        var now = new Peak(range.low(), asOf());
        return peaks.computeIfAbsent(within, window -> new Peaks(exposures).highest(trail, now, window));
    }

    public boolean isLiquidatable() {
        return range.mayBeLiquidatable();
    }

    /** Whether every asset has a believable price: without one, its value is unknown and not 0. */
    public boolean isPriced() {
        return exposures.stream().allMatch(exposure -> exposure.price().high().isPresent());
    }

    public Terms terms() {
        return terms;
    }

    public MarketSnapshot market() {
        return market;
    }

    List<Exposure> exposures() {
        return exposures;
    }

    public boolean isStable(Asset asset) {
        return assets.info(asset).volatility() == Volatility.STABLE;
    }

    /** By how much its price may honestly have moved in this time, as a plain ratio. */
    public BigDecimal mayMove(Asset asset, Duration time) {
        return market.mayMove(assets.info(asset), time);
    }

    public Instant asOf() {
        return market.tick().at();
    }

    /** Of perpetual contracts their equity. */
    public BigDecimal collateralValue() {
        return Figures.sum(exposures, Exposure::collateral);
    }

    /** Of perpetual contracts what their equity must cover: maintenance margin and closing fee. */
    public BigDecimal debtValue() {
        return Figures.sum(exposures, Exposure::debt);
    }

    /** Debt over collateral, over everything the sources say. */
    public RatioRange loanToValues() {
        return figures().loanToValues();
    }

    /** Collateral over debt, over everything the sources say; infinite for what is no loan. */
    public RatioRange collateralRatios() {
        return figures().collateralRatios();
    }

    /** What would be left after paying everything back; negative when under water. */
    public BigDecimal equity() {
        return figures().equity();
    }

    /** Debt over collateral; empty without collateral, and of what is no loan. */
    public Optional<BigDecimal> loanToValue() {
        return figures().loanToValue();
    }

    /** Collateral over debt; empty without debt, and of what is no loan. */
    public Optional<BigDecimal> collateralRatio() {
        return figures().collateralRatio();
    }

    /** Collateral, or the notional of contracts, over equity; empty when nothing is left. */
    public Optional<BigDecimal> leverage() {
        return figures().leverage();
    }

    /** What may still be borrowed; empty unless every collateral says its loan-to-value. Never negative. */
    public Optional<BigDecimal> maxBorrow() {
        return figures().maxBorrow();
    }

    /** What of each collateral alone may be taken out so that the target health factor is kept, in whole tokens. */
    public List<Withdrawable> withdrawable() {
        return figures().withdrawable();
    }

    public Advice.Loss lossAtLiquidation() {
        return figures().loss();
    }

    public Advice advice() {
        return advice.get();
    }

    public List<LiquidationPrice> liquidationPrices() {
        return liquidationPrices.get();
    }

    public List<RelativePrice> relativePrices() {
        return figures().relativePrices();
    }

    /**
     * How far liquidation is when all collateral falls together, in percent, at both ends of the prices; zero when it
     * is there. A rise of debt alone is never nearer.
     */
    public Distance distance() {
        return distance.get();
    }

    /**
     * The same by the moves of one asset and its group; empty when they can never do it, at either end. A loan that is
     * liquidatable at any price of the asset is at distance zero from it.
     */
    public Optional<Distance> distance(Asset asset) {
        return Distance.of(asset, exposures, assets)
                .or(() -> range.mayBeLiquidatable() && terms.assets().contains(asset)
                        ? Optional.of(Distance.reached(range.isCertainlyLiquidatable()))
                        : Optional.empty());
    }

    /** Where each price alone or its group would bring the health factor to this, in the order of symbols. */
    public List<LiquidationPrice> pricesAtFactor(BigDecimal factor) {
        return new Reaches(exposures, assets).healthFactor(factor);
    }

    /** Where each would bring debt over collateral to this; none for what is no loan. */
    public List<LiquidationPrice> pricesAtLoanToValue(BigDecimal ratio) {
        return figures().pricesAtLoanToValue(ratio);
    }

    /** Where each would bring collateral over debt to this; none for what is no loan. */
    public List<LiquidationPrice> pricesAtCollateralRatio(BigDecimal ratio) {
        return figures().pricesAtCollateralRatio(ratio);
    }

    /** Where each would bring {@link #timeToLiquidation()} to this; none for what bears no interest. */
    public List<LiquidationPrice> pricesAtTimeToLiquidation(Duration time) {
        return figures().pricesAtTimeToLiquidation(time);
    }

    /** Where each would bring {@link #distance()} to this many percent. */
    public List<LiquidationPrice> pricesAtDistance(BigDecimal percent) {
        return new Reaches(exposures, assets).distance(percent);
    }

    /** Where each would make what falling prices endanger worth so many times what rising ones do. */
    public List<LiquidationPrice> pricesAtCover(BigDecimal factor) {
        return new Reaches(exposures, assets).cover(factor);
    }

    /** Where this one would bring {@link #distance(Asset)} to this many percent; at most one. */
    public List<LiquidationPrice> pricesAtDistance(BigDecimal percent, Asset asset) {
        return new Reaches(exposures, assets).distance(percent, asset);
    }

    /** Until interest alone makes it liquidatable; empty when nothing bears interest, or in more than a century. */
    public Optional<Duration> timeToLiquidation() {
        return figures().timeToLiquidation();
    }

    /** The same at the safe end of each price; empty also when a price has none. */
    public Optional<Duration> latestTimeToLiquidation() {
        return figures().latestTimeToLiquidation();
    }

    /** How wildly prices move for the way they have to go; empty while the volatility of an asset is not known. */
    public Optional<Outlook> outlook() {
        return Outlook.of(exposures, market, assets);
    }

    /** What happens once it is liquidated. */
    public Aftermath aftermath() {
        return new Aftermath(terms, exposures, assets);
    }

    /** Of perpetual contracts alone. */
    public Optional<MarginFigures> margin() {
        return figures() instanceof MarginFigures margin ? Optional.of(margin) : Optional.empty();
    }

    private TermsFigures figures() {
        return figures.get();
    }
}
