package dev.plimsoll.risk.protocol;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Arithmetic on the integers that contracts keep fixed-point numbers in: a product is divided once, and the rounding is
 * in the name.
 *
 * <p>Unsigned, as the contracts' 256-bit words, but without their overflow: what would make a contract revert is computed
 * here. {@link #truncated} alone takes signs.
 */
final class Fixed {
    /** 1 with 18 decimals. */
    static final BigInteger WAD = BigInteger.TEN.pow(18);

    /** 1 with 27 decimals. */
    static final BigInteger RAY = BigInteger.TEN.pow(27);

    /** 1 in basis points. */
    static final BigInteger BASIS_POINTS = BigInteger.TEN.pow(4);

    private static final int WAD_DECIMALS = 18;

    private Fixed() {}

    /** a × b / c, down. */
    static BigInteger floor(BigInteger a, BigInteger b, BigInteger c) {
        return unsigned(a).multiply(unsigned(b)).divide(c);
    }

    /** a × b / c, up. */
    static BigInteger ceiling(BigInteger a, BigInteger b, BigInteger c) {
        var parts = unsigned(a).multiply(unsigned(b)).divideAndRemainder(c);
        return parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE);
    }

    /** a × b / c, to the nearest, a half up. */
    static BigInteger halfUp(BigInteger a, BigInteger b, BigInteger c) {
        return unsigned(a).multiply(unsigned(b)).add(c.shiftRight(1)).divide(c);
    }

    /** a × b / c, towards zero, whatever the signs of a and b. */
    static BigInteger truncated(BigInteger a, BigInteger b, BigInteger c) {
        return a.multiply(b).divide(c);
    }

    /** Not negative: a − b, or zero. */
    static BigInteger excess(BigInteger a, BigInteger b) {
        return a.subtract(b).max(BigInteger.ZERO);
    }

    static BigInteger unit(int decimals) {
        return BigInteger.TEN.pow(decimals);
    }

    static BigDecimal wad(BigInteger value) {
        return new BigDecimal(value, WAD_DECIMALS);
    }

    /** The {@code length} bits of a word from bit {@code from} on, bit 0 being the lowest. */
    static BigInteger bits(BigInteger word, int from, int length) {
        return word.shiftRight(from).and(BigInteger.ONE.shiftLeft(length).subtract(BigInteger.ONE));
    }

    static BigInteger unsigned(BigInteger value) {
        if (value.signum() < 0) {
            throw new IllegalArgumentException("a contract's unsigned integer is not negative, was " + value);
        }
        return value;
    }
}
