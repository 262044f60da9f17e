package dev.plimsoll.risk;

import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What one asset weighs in a loan, or in perpetual contracts, in whole tokens, and what its price may be.
 *
 * @param collateral of perpetual contracts the size, negative when short
 * @param weighted   collateral times its liquidation threshold; of perpetual contracts the size itself
 * @param debt       with interest up to the instant of judgement; of perpetual contracts what equity must cover
 * @param ceiling    a price nobody would believe; stands for infinity where a figure needs a number
 */
record Exposure(
        Asset asset,
        BigDecimal collateral,
        BigDecimal weighted,
        BigDecimal debt,
        PriceRange price,
        Optional<BigDecimal> ceiling) {

    private static final Asset DOLLAR = new Asset("USD");

    /** What no price moves, in US dollars; negative when it is missing. */
    static Exposure cash(BigDecimal usd) {
        return new Exposure(
                DOLLAR,
                usd,
                usd,
                BigDecimal.ZERO,
                PriceRange.between(BigDecimal.ONE, BigDecimal.ONE),
                Optional.empty());
    }

    /** By identity: an asset file may know a dollar of its own. */
    boolean isCash() {
        return asset == DOLLAR;
    }

    /** Both legs in one asset, as one. */
    Exposure and(Exposure other) {
        return new Exposure(
                asset,
                collateral.add(other.collateral),
                weighted.add(other.weighted, Precision.WORK),
                debt.add(other.debt, Precision.WORK),
                price,
                ceiling);
    }

    /** With so much less of the size, and of what equity must cover. */
    Exposure less(BigDecimal size, BigDecimal required) {
        return new Exposure(
                asset,
                collateral.subtract(size),
                weighted.subtract(size, Precision.WORK),
                debt.subtract(required, Precision.WORK),
                price,
                ceiling);
    }

    /** Positive: a falling price endangers the loan. Negative: a rising one does. */
    BigDecimal net() {
        return weighted.subtract(debt, Precision.WORK);
    }

    boolean fallingEndangers() {
        return net().signum() >= 0;
    }

    /** Target × debt − weighted at this price, in US dollars. */
    BigDecimal missing(BigDecimal target, BigDecimal at) {
        return target.multiply(debt, Precision.WORK)
                .subtract(weighted, Precision.WORK)
                .multiply(at, Precision.WORK);
    }

    /** The end of the range at which the loan is worst off. */
    BigDecimal dangerPrice() {
        return fallingEndangers() ? price.low() : price.high().or(() -> ceiling).orElse(price.low());
    }

    /** The end of the range at which the loan is best off; empty means infinite. */
    Optional<BigDecimal> safePrice() {
        return fallingEndangers() ? price.high() : Optional.of(price.low());
    }

    /** As if every price were at its best end; empty when one has none. */
    static Optional<List<Exposure>> atSafeEnds(List<Exposure> exposures) {
        return exposures.stream().allMatch(exposure -> exposure.safePrice().isPresent())
                ? Optional.of(exposures.stream().map(Exposure::atSafeEnd).toList())
                : Optional.empty();
    }

    private Exposure atSafeEnd() {
        return within(PriceRange.between(safePrice().orElseThrow(), safePrice().orElseThrow()));
    }

    /** The share of a health factor that this asset alone would have. */
    HealthFactor ownFactor() {
        return HealthFactor.of(weighted, debt);
    }

    Exposure within(PriceRange range) {
        return new Exposure(asset, collateral, weighted, debt, range, ceiling);
    }

    Exposure plus(BigDecimal moreCollateral, BigDecimal weight) {
        return new Exposure(
                asset,
                collateral.add(moreCollateral),
                weighted.add(moreCollateral.multiply(weight), Precision.WORK),
                debt,
                price,
                ceiling);
    }

    /** As if there were so many times as much of it on both sides. */
    Exposure times(BigDecimal factor) {
        return new Exposure(
                asset,
                collateral.multiply(factor, Precision.WORK),
                weighted.multiply(factor, Precision.WORK),
                debt.multiply(factor, Precision.WORK),
                price,
                ceiling);
    }

    /** As if so many times as much were owed. */
    Exposure owing(BigDecimal factor) {
        return new Exposure(asset, collateral, weighted, debt.multiply(factor, Precision.WORK), price, ceiling);
    }

    /** As if so many times as much were held. */
    Exposure earning(BigDecimal factor) {
        return new Exposure(
                asset,
                collateral.multiply(factor, Precision.WORK),
                weighted.multiply(factor, Precision.WORK),
                debt,
                price,
                ceiling);
    }

    /** As if all collateral had this threshold. */
    Exposure weighing(BigDecimal threshold) {
        return new Exposure(asset, collateral, collateral.multiply(threshold, Precision.WORK), debt, price, ceiling);
    }

    /** As if all collateral counted in full. */
    Exposure unweighted() {
        return weighing(BigDecimal.ONE);
    }

    /** As if what is owed were held, and what is held owed. */
    Exposure upsideDown() {
        return new Exposure(asset, debt, debt, collateral, price, ceiling);
    }

    Exposure repaid(BigDecimal amount) {
        var left = debt.subtract(amount).max(BigDecimal.ZERO);
        return new Exposure(asset, collateral, weighted, left, price, ceiling);
    }
}
