package dev.plimsoll.exact;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;

/** A rational number: whole numbers over whole numbers, never rounded until {@link #floor} or {@link #ceil} is asked for. */
record Fraction(BigInteger numerator, BigInteger denominator) implements Comparable<Fraction> {
    static final Fraction ZERO = of(0);
    static final Fraction ONE = of(1);

    Fraction {
        var divisor = numerator.gcd(denominator).multiply(BigInteger.valueOf(denominator.signum()));
        numerator = numerator.divide(divisor);
        denominator = denominator.divide(divisor);
    }

    static Fraction of(long whole) {
        return new Fraction(BigInteger.valueOf(whole), BigInteger.ONE);
    }

    static Fraction of(String decimal) {
        var point = decimal.indexOf('.');
        var decimals = point < 0 ? 0 : decimal.length() - point - 1;
        return new Fraction(new BigInteger(decimal.replace(".", "")), BigInteger.TEN.pow(decimals));
    }

    static Fraction sum(Collection<Fraction> all) {
        return all.stream().reduce(ZERO, Fraction::plus);
    }

    Fraction plus(Fraction other) {
        return new Fraction(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Fraction minus(Fraction other) {
        return plus(other.negate());
    }

    Fraction times(Fraction other) {
        return new Fraction(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    Fraction over(Fraction other) {
        return new Fraction(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    }

    Fraction negate() {
        return new Fraction(numerator.negate(), denominator);
    }

    Fraction max(Fraction other) {
        return compareTo(other) >= 0 ? this : other;
    }

    Fraction min(Fraction other) {
        return compareTo(other) <= 0 ? this : other;
    }

    int signum() {
        return numerator.signum();
    }

    @Override
    public int compareTo(Fraction other) {
        return minus(other).numerator.signum();
    }

    /** The decimal of so many places at or below it. */
    String floor(int decimals) {
        var scaled = numerator.multiply(BigInteger.TEN.pow(decimals));
        var parts = scaled.divideAndRemainder(denominator);
        var down = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
        return new BigDecimal(down, decimals).toPlainString();
    }

    /** The decimal of so many places at or above it. */
    String ceil(int decimals) {
        return new BigDecimal(negate().floor(decimals))
                .negate()
                .setScale(decimals)
                .toPlainString();
    }

    /** How many digits stand before the point: 4 for 2424.25, 0 for 0.5, −1 for 0.05. */
    int wholeDigits() {
        var digits = 0;
        for (var rest = this; rest.compareTo(ONE) >= 0; rest = rest.over(of(10))) {
            digits++;
        }
        for (var rest = times(of(10)); digits <= 0 && rest.compareTo(ONE) < 0; rest = rest.times(of(10))) {
            digits--;
        }
        return digits;
    }
}
