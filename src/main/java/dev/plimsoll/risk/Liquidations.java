package dev.plimsoll.risk;

import dev.plimsoll.risk.LiquidationPrice.Direction;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo.Volatility;
import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prices at which the health factor is 1, every other price at its dangerous end.
 *
 * <p>With net = weighted − debt of each asset, the loan is liquidatable when Σ net × price &lt; 0; so an asset's own
 * liquidation price is −(the rest of that sum) / net, and a group's common factor −(the rest) / (the group's part).
 */
final class Liquidations {
    private final List<Exposure> exposures;
    private final AssetRegistry assets;

    Liquidations(List<Exposure> exposures, AssetRegistry assets) {
        this.exposures = exposures;
        this.assets = assets;
    }

    /** One for each asset that has a price and can do it; in the order of symbols. */
    List<LiquidationPrice> prices() {
        return exposures.stream()
                .filter(e -> !e.isCash())
                .map(this::price)
                .flatMap(Optional::stream)
                .toList();
    }

    Optional<LiquidationPrice> price(Asset asset) {
        return exposures.stream()
                .filter(e -> e.asset().equals(asset))
                .findFirst()
                .flatMap(this::price);
    }

    /** Where each rise, of an asset alone or with its group, liquidates: what has moved, at the prices it has then. */
    List<Map<Asset, BigDecimal>> rises() {
        return exposures.stream()
                .filter(e -> !e.isCash() && e.net().signum() < 0)
                .flatMap(e -> Stream.of(rise(other -> other == e), rise(other -> moveTogether(other, e))))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Map<Asset, BigDecimal>> rise(Predicate<Exposure> moving) {
        return factor(moving, Direction.ABOVE)
                .map(k -> exposures.stream()
                        .filter(moving)
                        .collect(Collectors.toMap(Exposure::asset, e -> times(k, e.dangerPrice()))));
    }

    private Optional<LiquidationPrice> price(Exposure exposure) {
        var price = exposure.dangerPrice();
        if (exposure.net().signum() == 0 || price.signum() == 0) {
            return Optional.empty();
        }
        var direction = exposure.net().signum() > 0 ? Direction.BELOW : Direction.ABOVE;
        var alone = factor(e -> e == exposure, direction).map(k -> times(k, price));
        var together = factor(e -> moveTogether(e, exposure), direction).map(k -> times(k, price));
        return alone.isEmpty() && together.isEmpty()
                ? Optional.empty()
                : Optional.of(new LiquidationPrice(exposure.asset(), direction, price, alone, together));
    }

    /** What the moving prices must be multiplied with; empty when no positive factor in this direction does it. */
    private Optional<BigDecimal> factor(Predicate<Exposure> moving, Direction direction) {
        var moved = BigDecimal.ZERO;
        var fixed = BigDecimal.ZERO;
        for (var exposure : exposures) {
            var worth = exposure.net().multiply(exposure.dangerPrice(), Precision.WORK);
            if (moving.test(exposure)) {
                moved = moved.add(worth, Precision.WORK);
            } else {
                fixed = fixed.add(worth, Precision.WORK);
            }
        }
        return moved.signum() == (direction == Direction.BELOW ? 1 : -1)
                ? Figures.quotient(fixed.negate(), moved).filter(k -> k.signum() > 0)
                : Optional.empty();
    }

    private static BigDecimal times(BigDecimal factor, BigDecimal price) {
        return factor.multiply(price, Precision.WORK).round(Precision.RESULT);
    }

    private boolean moveTogether(Exposure one, Exposure other) {
        return one == other || !one.isCash() && sameGroup(one, other);
    }

    private boolean sameGroup(Exposure one, Exposure other) {
        var group = assets.info(one.asset()).group();
        return group.isPresent() && group.equals(assets.info(other.asset()).group());
    }

    /** Each collateral counted in each debt asset that is volatile or moves with it. */
    List<RelativePrice> relativePrices() {
        return exposures.stream()
                .filter(e -> e.net().signum() > 0)
                .flatMap(collateral -> price(collateral).stream().flatMap(price -> relative(collateral, price)))
                .toList();
    }

    private boolean isVolatile(Exposure exposure) {
        return assets.info(exposure.asset()).volatility() != Volatility.STABLE;
    }

    private Stream<RelativePrice> relative(Exposure collateral, LiquidationPrice price) {
        return exposures.stream()
                .filter(debt -> debt.net().signum() < 0 && debt.dangerPrice().signum() > 0)
                .filter(debt -> isVolatile(debt) || sameGroup(collateral, debt))
                .flatMap(debt -> price.alone().stream().map(alone -> relative(price, alone, debt)));
    }

    private static RelativePrice relative(LiquidationPrice price, BigDecimal alone, Exposure debt) {
        return new RelativePrice(
                price.asset(),
                debt.asset(),
                alone.divide(debt.dangerPrice(), Precision.WORK).round(Precision.RESULT),
                new LiquidationPrice(price.asset(), price.direction(), price.price(), price.alone(), Optional.empty())
                        .distancePercent());
    }
}
