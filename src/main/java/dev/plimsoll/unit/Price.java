package dev.plimsoll.unit;

import java.math.BigDecimal;

/** US dollars per one whole token. Always positive. */
public record Price(BigDecimal usd) implements Comparable<Price> {
    public Price {
        if (usd.signum() <= 0) {
            throw new IllegalArgumentException("a price is positive, was " + usd.toPlainString());
        }
    }

    public static Price of(String usd) {
        return new Price(new BigDecimal(usd));
    }

    @Override
    public int compareTo(Price other) {
        return usd.compareTo(other.usd);
    }

    /** Same number, whatever its trailing zeros. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Price price && usd.compareTo(price.usd) == 0;
    }

    @Override
    public int hashCode() {
        return usd.stripTrailingZeros().hashCode();
    }

    @Override
    public String toString() {
        return usd.toPlainString();
    }
}
