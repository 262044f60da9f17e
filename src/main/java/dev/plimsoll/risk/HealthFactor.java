package dev.plimsoll.risk;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * How far a position is from liquidation, liquidatable strictly below 1. Of a loan: threshold-weighted collateral over
 * debt. Of perpetual contracts: equity over maintenance margin and closing fee, and zero where no equity is left.
 *
 * <p>Dimensionless, carried to 30 digits; {@link #shown()} rounds down, so that nobody reads a loan safer than it is.
 *
 * @param value zero or more; empty means infinite: nothing is owed
 * @see <a href="https://aave.com/docs/developers/smart-contracts/pool">Aave v3 Pool, getUserAccountData</a>
 */
public record HealthFactor(Optional<BigDecimal> value) implements Comparable<HealthFactor> {

    /** Nothing is owed, or what is owed may be worth nothing. */
    public static final HealthFactor INFINITE = new HealthFactor(Optional.empty());

    public static final HealthFactor ZERO = new HealthFactor(Optional.of(BigDecimal.ZERO));

    private static final int SHOWN_DECIMALS = 4;

    public HealthFactor {
        if (value.isPresent() && value.get().signum() < 0) {
            throw new IllegalArgumentException(
                    "a health factor is not negative, was " + value.get().toPlainString());
        }
    }

    public static HealthFactor of(BigDecimal value) {
        return new HealthFactor(Optional.of(value));
    }

    public static HealthFactor of(String value) {
        return of(new BigDecimal(value));
    }

    /**
     * @param weighted threshold-weighted collateral or equity, in the unit of {@code debt}; below zero counts as zero, and
     *                 zero over zero as infinite
     */
    static HealthFactor of(BigDecimal weighted, BigDecimal debt) {
        if (weighted.signum() < 0) {
            return ZERO;
        }
        return debt.signum() == 0
                ? INFINITE
                : of(weighted.divide(debt, Precision.WORK).round(Precision.RESULT));
    }

    public boolean isInfinite() {
        return value.isEmpty();
    }

    public boolean isLiquidatable() {
        return value.isPresent() && value.get().compareTo(BigDecimal.ONE) < 0;
    }

    public boolean isBelow(BigDecimal limit) {
        return value.isPresent() && value.get().compareTo(limit) < 0;
    }

    /** To four decimals, rounded down; empty when infinite. */
    public Optional<BigDecimal> shown() {
        return value.map(v -> v.setScale(SHOWN_DECIMALS, RoundingMode.DOWN));
    }

    @Override
    public int compareTo(HealthFactor other) {
        if (isInfinite() || other.isInfinite()) {
            return Boolean.compare(isInfinite(), other.isInfinite());
        }
        return value.get().compareTo(other.value.get());
    }

    /** Same number, whatever its trailing zeros. */
    @Override
    public boolean equals(Object other) {
        return other instanceof HealthFactor factor && compareTo(factor) == 0;
    }

    @Override
    public int hashCode() {
        return value.map(BigDecimal::stripTrailingZeros).hashCode();
    }

    @Override
    public String toString() {
        return value.map(BigDecimal::toPlainString).orElse("infinite");
    }
}
