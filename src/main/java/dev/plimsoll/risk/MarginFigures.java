package dev.plimsoll.risk;

import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What only perpetual contracts have, in US dollars unless named otherwise; each figure at the prices within what the
 * sources say at which it is worst.
 */
public final class MarginFigures implements TermsFigures {
    private final Margin margin;
    private final List<Exposure> exposures;
    private final HealthFactor lowest;
    private final AssetRegistry assets;
    private final BigDecimal target;

    MarginFigures(
            Margin margin, List<Exposure> exposures, HealthFactor lowest, AssetRegistry assets, BigDecimal target) {
        this.margin = margin;
        this.exposures = exposures;
        this.lowest = lowest;
        this.assets = assets;
        this.target = target;
    }

    /** The margin with the profit and loss of every leg, less funding owed; negative when more than the margin is gone. */
    @Override
    public BigDecimal equity() {
        return exposures.stream()
                .map(e -> e.weighted().multiply(worst(e), Precision.WORK))
                .reduce(BigDecimal.ZERO, (a, b) -> a.add(b, Precision.WORK));
    }

    /** Profit and loss of the legs since they were entered. */
    public BigDecimal unrealizedProfit() {
        return equity().subtract(margin.balance()).add(margin.fundingOwed());
    }

    /** The sizes of all legs at the price, long and short alike. */
    public BigDecimal notional() {
        return required(BigDecimal.ONE);
    }

    public BigDecimal maintenanceMargin() {
        return required(margin.maintenanceRate());
    }

    public BigDecimal closingFee() {
        return required(margin.closingFeeRate());
    }

    /**
     * Equity over notional: liquidatable below the maintenance margin rate and the closing fee rate together. A plain
     * ratio; negative when more than the margin is gone, empty when the prices may be zero.
     */
    public Optional<BigDecimal> marginRatio() {
        return lowest.value()
                .filter(factor -> factor.signum() > 0)
                .map(factor -> factor.multiply(margin.requiredRate(), Precision.WORK))
                .or(() -> Figures.quotient(
                        equity(), sum(BigDecimal.ONE, e -> e.price().low())));
    }

    /** Notional over equity; empty when nothing is left. */
    @Override
    public Optional<BigDecimal> leverage() {
        return equity().signum() > 0 ? Figures.quotient(notional(), equity()) : Optional.empty();
    }

    /**
     * What liquidation takes at the most: the margin that maintenance and closing fee hold back at today's prices, or
     * where the rise of one asset or its group liquidates. A short is larger there than it is today, a long smaller. The
     * safer prices are today, the further such a rise goes: so it begins at their safe ends.
     */
    @Override
    public Advice.Loss loss() {
        var rate = margin.requiredRate();
        var most = new Liquidations(Exposure.atSafeEnds(exposures).orElse(exposures), assets)
                .rises().stream().map(risen -> heldBack(rate, risen)).reduce(required(rate), BigDecimal::max);
        return new Advice.Loss(most, rate, false);
    }

    private BigDecimal heldBack(BigDecimal rate, Map<Asset, BigDecimal> risen) {
        return sum(rate, e -> highest(e).max(risen.getOrDefault(e.asset(), BigDecimal.ZERO)));
    }

    @Override
    public Advice advice() {
        return new MarginAdvisor(margin, exposures, assets).advise(target, loss());
    }

    private BigDecimal required(BigDecimal rate) {
        return sum(rate, MarginFigures::highest);
    }

    /** The sizes of all legs at such prices, times the rate. */
    private BigDecimal sum(BigDecimal rate, Function<Exposure, BigDecimal> price) {
        return margin.legs().stream()
                .map(leg -> leg.size().multiply(rate).multiply(price.apply(exposure(leg)), Precision.WORK))
                .reduce(BigDecimal.ZERO, (a, b) -> a.add(b, Precision.WORK));
    }

    private Exposure exposure(Margin.Leg leg) {
        return exposures.stream()
                .filter(e -> e.asset().equals(leg.asset()))
                .findFirst()
                .orElseThrow();
    }

    private static BigDecimal worst(Exposure exposure) {
        return exposure.weighted().signum() >= 0 ? exposure.price().low() : highest(exposure);
    }

    private static BigDecimal highest(Exposure exposure) {
        return exposure.price()
                .high()
                .or(exposure::ceiling)
                .orElse(exposure.price().low());
    }
}
