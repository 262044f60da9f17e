package dev.plimsoll.risk;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Judges declared loans in a market.
 *
 * <p>Unknown is only what has a leg without a bounded price <em>and</em> would be liquidatable at one end of what is
 * possible and not at the other. Sources that disagree within bounds leave a loan judged, with a range. A leg without a
 * price is dust, and bounded by what its asset file believes at most, while even there it is worth no more than a
 * thousandth of the rest of its side: dust cannot blind. With no price at all every indebted loan is unknown.
 */
public final class Lending {

    /** What advice aims at when the position says nothing. */
    public static final BigDecimal DEFAULT_TARGET = new BigDecimal("1.50");

    private static final BigDecimal DUST = new BigDecimal("0.001");

    private Lending() {}

    /**
     * @param legsSince          interest on debt counts from here to the market's tick
     * @param targetHealthFactor what advice aims at
     */
    public static Judgement judge(
            Loan loan, Instant legsSince, MarketSnapshot market, AssetRegistry assets, BigDecimal targetHealthFactor) {
        return strangers(loan, assets)
                .orElseGet(() -> judge(
                        loan,
                        settleDust(exposures(loan, legsSince, market, assets)),
                        market,
                        assets,
                        targetHealthFactor));
    }

    /** Unknown when there is an asset that nobody can price. */
    static Optional<Judgement> strangers(Terms terms, AssetRegistry assets) {
        var strangers = terms.assets().stream()
                .filter(asset -> !assets.knows(asset))
                .sorted()
                .toList();
        return strangers.isEmpty() ? Optional.empty() : Optional.of(Judgement.Unknown.unlisted(strangers));
    }

    /** @param exposures of these terms, one for each asset */
    static Judgement judge(
            Terms terms,
            List<Exposure> exposures,
            MarketSnapshot market,
            AssetRegistry assets,
            BigDecimal targetHealthFactor) {
        var range = new Extremes(exposures).range();
        var health = new Health(terms, exposures, range, market, assets, targetHealthFactor);
        if (!terms.hasDebt()) {
            return new Judgement.NoDebt(health);
        }
        var unpriced = exposures.stream()
                .filter(e -> e.price().high().isEmpty())
                .map(Exposure::asset)
                .toList();
        return unpriced.isEmpty()
                        || range.low().isLiquidatable() == range.high().isLiquidatable()
                ? new Judgement.Judged(health)
                : Judgement.Unknown.unpriced(unpriced, market);
    }

    private static List<Exposure> exposures(Loan loan, Instant since, MarketSnapshot market, AssetRegistry assets) {
        Map<Asset, Exposure> byAsset = new TreeMap<>();
        for (var asset : loan.assets()) {
            var ceiling = assets.info(asset).bounds().high();
            byAsset.put(
                    asset,
                    new Exposure(
                            asset, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, market.range(asset), ceiling));
        }
        for (var collateral : loan.collateral()) {
            byAsset.computeIfPresent(
                    collateral.asset(),
                    (asset, e) ->
                            e.plus(collateral.amount(), collateral.threshold().weight()));
        }
        for (var debt : loan.debt()) {
            var grown = Interest.grown(
                    debt.amount(), debt.annualRate(), since, market.tick().at());
            byAsset.computeIfPresent(debt.asset(), (asset, e) -> e.repaid(grown.negate()));
        }
        return List.copyOf(byAsset.values());
    }

    static List<Exposure> settleDust(List<Exposure> exposures) {
        var weighted = BigDecimal.ZERO;
        var debt = BigDecimal.ZERO;
        for (var exposure : exposures) {
            if (exposure.price().isBounded() && !exposure.isCash()) {
                weighted = weighted.add(
                        exposure.weighted().abs().multiply(exposure.price().low()), Precision.WORK);
                debt = debt.add(exposure.debt().multiply(exposure.price().low()), Precision.WORK);
            }
        }
        var settled = new ArrayList<Exposure>();
        for (var exposure : exposures) {
            var dust = !exposure.price().isBounded()
                    && exposure.ceiling().isPresent()
                    && isDust(exposure.weighted().abs(), exposure.ceiling().get(), weighted)
                    && isDust(exposure.debt(), exposure.ceiling().get(), debt);
            settled.add(
                    dust
                            ? exposure.within(PriceRange.between(
                                    BigDecimal.ZERO, exposure.ceiling().get()))
                            : exposure);
        }
        return List.copyOf(settled);
    }

    private static boolean isDust(BigDecimal amount, BigDecimal atMost, BigDecimal side) {
        return amount.multiply(atMost).compareTo(side.multiply(DUST)) <= 0;
    }
}
