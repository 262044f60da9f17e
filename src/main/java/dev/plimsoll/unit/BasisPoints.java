package dev.plimsoll.unit;

import java.math.BigDecimal;

/** Hundredths of a percent, never negative: 50 is 0.5 %. */
public record BasisPoints(BigDecimal value) implements Comparable<BasisPoints> {
    public BasisPoints {
        if (value.signum() < 0) {
            throw new IllegalArgumentException("basis points are not negative, was " + value.toPlainString());
        }
    }

    public static BasisPoints of(long value) {
        return new BasisPoints(BigDecimal.valueOf(value));
    }

    /** As a plain ratio: 50 bps are 0.005. */
    public BigDecimal asRatio() {
        return value.movePointLeft(4);
    }

    @Override
    public int compareTo(BasisPoints other) {
        return value.compareTo(other.value);
    }
}
