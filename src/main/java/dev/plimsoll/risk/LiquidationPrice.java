package dev.plimsoll.risk;

import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * The price of one asset at which the health factor is 1, in US dollars.
 *
 * @param price    what the asset costs now, at the dangerous end of its range
 * @param alone    every other price stands still; empty when this asset alone can never do it
 * @param together its correlation group moves as one; empty when the group can never do it in this direction
 */
public record LiquidationPrice(
        Asset asset, Direction direction, BigDecimal price, Optional<BigDecimal> alone, Optional<BigDecimal> together) {

    public enum Direction {
        /** Liquidatable when the price is below: collateral. */
        BELOW,
        /** Liquidatable when the price is above: volatile debt. */
        ABOVE
    }

    /** The nearer of {@link #alone} and {@link #together}. */
    public BigDecimal nearest() {
        var one = alone.or(() -> together).orElseThrow();
        var other = together.orElse(one);
        return switch (direction) {
            case BELOW -> one.max(other);
            case ABOVE -> one.min(other);
        };
    }

    /** How far the price has to move to {@link #nearest}: 18.67 is 18.67 %. Zero when it is there already. */
    public BigDecimal distancePercent() {
        var way = switch (direction) {
            case BELOW -> price.subtract(nearest());
            case ABOVE -> nearest().subtract(price);
        };
        return way.signum() <= 0
                ? BigDecimal.ZERO
                : way.movePointRight(2).divide(price, Precision.WORK).round(Precision.RESULT);
    }
}
