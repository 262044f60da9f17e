package dev.plimsoll.risk;

import dev.plimsoll.risk.LiquidationPrice.Direction;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** How figures are rounded when they are shown: always towards danger. */
public final class Shown {
    private static final int SIGNIFICANT = 5;
    private static final int RATIO_DECIMALS = 4;

    private Shown() {}

    /** What is ours: collateral, equity, room to borrow. Cents, down. */
    public static BigDecimal usdDown(BigDecimal usd) {
        return usd.setScale(2, RoundingMode.FLOOR);
    }

    /** What we owe or lose. Cents, up. */
    public static BigDecimal usdUp(BigDecimal usd) {
        return usd.setScale(2, RoundingMode.CEILING);
    }

    public static BigDecimal ratioDown(BigDecimal ratio) {
        return ratio.setScale(RATIO_DECIMALS, RoundingMode.FLOOR);
    }

    public static BigDecimal ratioUp(BigDecimal ratio) {
        return ratio.setScale(RATIO_DECIMALS, RoundingMode.CEILING);
    }

    /** A distance, down: never further than it is. */
    public static BigDecimal percentDown(BigDecimal percent) {
        return percent.setScale(2, RoundingMode.FLOOR);
    }

    /** A doubt, up: never smaller than it is. */
    public static BigDecimal percentUp(BigDecimal percent) {
        return percent.setScale(2, RoundingMode.CEILING);
    }

    /** A liquidation price towards today's: up when it lies below, down when above. */
    public static BigDecimal price(BigDecimal price, Direction direction) {
        return price.setScale(
                decimals(price), direction == Direction.BELOW ? RoundingMode.CEILING : RoundingMode.FLOOR);
    }

    /** Five digits of a price, but never less than cents. */
    public static int decimals(BigDecimal price) {
        return Math.max(2, SIGNIFICANT - (price.precision() - price.scale()));
    }

    /** {@code 1.5} as {@code 1.50}, {@code 1.2297} as it is. */
    public static BigDecimal atLeastTwoDecimals(BigDecimal number) {
        var stripped = number.stripTrailingZeros();
        return stripped.setScale(Math.max(2, stripped.scale()));
    }
}
