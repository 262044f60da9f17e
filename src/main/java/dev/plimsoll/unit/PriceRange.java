package dev.plimsoll.unit;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a price may be believed to be, in US dollars per whole token: a point where sources agree, an interval where
 * they do not, everything from zero to infinity where too few speak.
 *
 * @param low  zero or more
 * @param high not below {@code low}; empty means unbounded
 */
public record PriceRange(BigDecimal low, Optional<BigDecimal> high) {

    /** Nothing is known: (0, ∞). */
    public static final PriceRange ANYTHING = new PriceRange(BigDecimal.ZERO, Optional.empty());

    public PriceRange {
        if (low.signum() < 0) {
            throw new IllegalArgumentException("a price range starts at zero or above, was " + low.toPlainString());
        }
        if (high.isPresent() && high.get().compareTo(low) < 0) {
            throw new IllegalArgumentException("a price range ends at or above its start, was " + low.toPlainString()
                    + " to " + high.get().toPlainString());
        }
    }

    public static PriceRange point(Price price) {
        return new PriceRange(price.usd(), Optional.of(price.usd()));
    }

    public static PriceRange between(BigDecimal low, BigDecimal high) {
        return new PriceRange(low, Optional.of(high));
    }

    /** Both ends are positive numbers, so arithmetic with them means something. */
    public boolean isBounded() {
        return low.signum() > 0 && high.isPresent();
    }

    public boolean isPoint() {
        return isBounded() && low.compareTo(high.get()) == 0;
    }

    /** Of a point the point itself, and the lower end where there is no upper one. */
    public BigDecimal middle() {
        return high.map(end -> low.add(end).divide(BigDecimal.TWO)).orElse(low);
    }

    /** The upper end for the book's columns; infinite when unbounded. */
    public double highAsDouble() {
        return high.map(BigDecimal::doubleValue).orElse(Double.POSITIVE_INFINITY);
    }

    /** Same numbers, whatever their trailing zeros. */
    @Override
    public boolean equals(Object other) {
        return other instanceof PriceRange range
                && low.compareTo(range.low) == 0
                && high.map(BigDecimal::stripTrailingZeros).equals(range.high.map(BigDecimal::stripTrailingZeros));
    }

    @Override
    public int hashCode() {
        return low.stripTrailingZeros().hashCode() * 31
                + high.map(BigDecimal::stripTrailingZeros).hashCode();
    }
}
