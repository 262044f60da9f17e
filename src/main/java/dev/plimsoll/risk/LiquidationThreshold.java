package dev.plimsoll.risk;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The share of a collateral's value that counts against debt when liquidation is decided, in the notation it was given in.
 *
 * <p>Threshold = 1 / ratio = 1 − margin. The given number is kept, because 1 / 1.5 has no exact decimal.
 *
 * @param given as written by the user: 0.825 as a threshold, 1.5 as a ratio, 0.15 as a margin
 */
public record LiquidationThreshold(Notation notation, BigDecimal given) {

    /** How the protocol writes it. */
    public enum Notation {
        /** Aave, Compound, Morpho: below 1. */
        LIQUIDATION_THRESHOLD,
        /** Maker, Liquity: above 1. */
        LIQUIDATION_RATIO,
        /** Perpetuals, brokers: a small fraction. */
        MAINTENANCE_MARGIN
    }

    public LiquidationThreshold {
        var legal = switch (notation) {
            case LIQUIDATION_THRESHOLD -> given.signum() > 0 && given.compareTo(BigDecimal.ONE) <= 0;
            case LIQUIDATION_RATIO -> given.compareTo(BigDecimal.ONE) >= 0;
            case MAINTENANCE_MARGIN -> given.signum() >= 0 && given.compareTo(BigDecimal.ONE) < 0;
        };
        if (!legal) {
            throw new IllegalArgumentException(notation + " out of its range: " + given.toPlainString());
        }
    }

    public static LiquidationThreshold threshold(String given) {
        return new LiquidationThreshold(Notation.LIQUIDATION_THRESHOLD, new BigDecimal(given));
    }

    public static LiquidationThreshold ratio(String given) {
        return new LiquidationThreshold(Notation.LIQUIDATION_RATIO, new BigDecimal(given));
    }

    public static LiquidationThreshold margin(String given) {
        return new LiquidationThreshold(Notation.MAINTENANCE_MARGIN, new BigDecimal(given));
    }

    /** The weight w of the collateral, 0 &lt; w ≤ 1, to 40 digits, rounded down: never safer than it is. */
    public BigDecimal weight() {
        return switch (notation) {
            case LIQUIDATION_THRESHOLD -> given;
            case LIQUIDATION_RATIO -> BigDecimal.ONE.divide(given, new MathContext(40, RoundingMode.DOWN));
            case MAINTENANCE_MARGIN -> BigDecimal.ONE.subtract(given);
        };
    }
}
