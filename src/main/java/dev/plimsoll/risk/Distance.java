package dev.plimsoll.risk;

import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How far prices must move until liquidation, in percent: 18.67 is 18.67 %. Never negative.
 *
 * @param low  at the dangerous end of every price
 * @param high at the safe end of every price; empty when it could be any distance
 */
public record Distance(BigDecimal low, Optional<BigDecimal> high) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Nothing is left, at the dangerous end or at both. */
    static Distance reached(boolean atBothEnds) {
        return new Distance(BigDecimal.ZERO, atBothEnds ? Optional.of(BigDecimal.ZERO) : Optional.empty());
    }

    static Distance together(List<Exposure> exposures) {
        var low = away(exposures, e -> Optional.of(e.dangerPrice()));
        return new Distance(low.orElse(BigDecimal.ZERO), away(exposures, Exposure::safePrice));
    }

    static Optional<Distance> of(Asset asset, List<Exposure> exposures, AssetRegistry assets) {
        return new Liquidations(exposures, assets)
                .price(asset)
                .map(p -> new Distance(p.distancePercent(), safeDistance(asset, exposures, assets)));
    }

    private static Optional<BigDecimal> safeDistance(Asset asset, List<Exposure> exposures, AssetRegistry assets) {
        return Exposure.atSafeEnds(exposures)
                .flatMap(safest -> new Liquidations(safest, assets).price(asset))
                .map(LiquidationPrice::distancePercent);
    }

    /**
     * What is left over what falling endangers, or over what rising does where that is nearer, in percent; 100 when neither
     * can do it. Empty when a price is unbounded.
     */
    private static Optional<BigDecimal> away(
            List<Exposure> exposures, Function<Exposure, Optional<BigDecimal>> priced) {
        var falling = BigDecimal.ZERO;
        var rising = BigDecimal.ZERO;
        var left = BigDecimal.ZERO;
        for (var exposure : exposures) {
            var price = priced.apply(exposure);
            if (price.isEmpty()) {
                return Optional.empty();
            }
            var value = exposure.net().multiply(price.get(), Precision.WORK);
            left = left.add(value, Precision.WORK);
            if (!exposure.isCash()) {
                falling = falling.add(value.max(BigDecimal.ZERO), Precision.WORK);
                rising = rising.add(value.negate().max(BigDecimal.ZERO), Precision.WORK);
            }
        }
        return Optional.of(left.signum() <= 0 ? BigDecimal.ZERO : nearest(left, falling, rising));
    }

    /** No price falls by more than all of it. */
    private static BigDecimal nearest(BigDecimal left, BigDecimal falling, BigDecimal rising) {
        var byFall = left.compareTo(falling) < 0 ? percent(left, falling) : Optional.<BigDecimal>empty();
        return Stream.concat(byFall.stream(), percent(left, rising).stream())
                .min(BigDecimal::compareTo)
                .orElse(HUNDRED);
    }

    private static Optional<BigDecimal> percent(BigDecimal part, BigDecimal whole) {
        return Figures.quotient(HUNDRED.multiply(part), whole);
    }
}
