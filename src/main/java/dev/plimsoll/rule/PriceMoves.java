package dev.plimsoll.rule;

import dev.plimsoll.market.Extremes;
import dev.plimsoll.rule.Condition.Direction;
import dev.plimsoll.rule.Reading.Measured;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * How far a price is from where it was, or from where it should be. The low end is what every source allows, the high end
 * what any of them does; each is rounded away from the other.
 */
final class PriceMoves {
    private static final MathContext DOWN = new MathContext(34, RoundingMode.FLOOR);
    private static final MathContext UP = new MathContext(34, RoundingMode.CEILING);

    private PriceMoves() {}

    /**
     * In percent.
     *
     * @param now    bounded
     * @param before of the window, with or without now
     */
    static Measured change(PriceRange now, Extremes before, Direction direction) {
        return switch (direction) {
            case DOWN -> fall(now, before);
            case UP -> rise(now, before);
            case EITHER -> Measure.larger(fall(now, before), rise(now, before));
        };
    }

    private static Measured fall(PriceRange now, Extremes before) {
        var top = before.highestLow().max(now.low());
        var roof = before.highestHigh().max(high(now));
        return percent(
                BigDecimal.ONE.subtract(high(now).divide(top, UP)),
                BigDecimal.ONE.subtract(now.low().divide(roof, DOWN)));
    }

    private static Measured rise(PriceRange now, Extremes before) {
        var bottom = before.lowestHigh().min(high(now));
        var floor = before.lowestLow().min(now.low());
        return percent(
                now.low().divide(bottom, DOWN).subtract(BigDecimal.ONE),
                high(now).divide(floor, UP).subtract(BigDecimal.ONE));
    }

    private static Measured percent(BigDecimal low, BigDecimal high) {
        return new Measured(
                low.max(BigDecimal.ZERO).movePointRight(2),
                Optional.of(high.max(BigDecimal.ZERO).movePointRight(2)));
    }

    /**
     * From parity, on either side, in basis points.
     *
     * @param price bounded
     * @param of    bounded
     */
    static Measured depeg(PriceRange price, PriceRange of) {
        var below = BigDecimal.ONE.subtract(high(price).divide(of.low(), UP));
        var above = price.low().divide(high(of), DOWN).subtract(BigDecimal.ONE);
        var farBelow = BigDecimal.ONE.subtract(price.low().divide(high(of), DOWN));
        var farAbove = high(price).divide(of.low(), UP).subtract(BigDecimal.ONE);
        return new Measured(
                below.max(above).max(BigDecimal.ZERO).movePointRight(4),
                Optional.of(farBelow.max(farAbove).movePointRight(4)));
    }

    private static BigDecimal high(PriceRange bounded) {
        return bounded.high().orElseThrow();
    }
}
