package dev.plimsoll.market;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Collection;

/** The middle of some numbers, whatever their order. */
public final class Medians {
    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final BigDecimal NORMAL = new BigDecimal("1.4826");

    private Medians() {}

    /** Of an even number, the mean of the two in the middle, to 34 digits. */
    public static BigDecimal median(Collection<BigDecimal> numbers) {
        if (numbers.isEmpty()) {
            throw new IllegalArgumentException("nothing has no median");
        }
        var sorted = numbers.toArray(BigDecimal[]::new);
        Arrays.sort(sorted);
        var middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : mean(sorted[middle - 1], sorted[middle]);
    }

    /** Of an even number, the lower of the two in the middle; else the median. */
    static BigDecimal lower(Collection<BigDecimal> numbers) {
        return numbers.stream().sorted().toList().get((numbers.size() - 1) / 2);
    }

    /** Of an even number, the upper of the two in the middle; else the median. */
    static BigDecimal upper(Collection<BigDecimal> numbers) {
        return numbers.stream().sorted().toList().get(numbers.size() / 2);
    }

    static BigDecimal mean(BigDecimal one, BigDecimal other) {
        return one.compareTo(other) == 0 ? one : one.add(other).multiply(HALF, MathContext.DECIMAL128);
    }

    /** The median distance from the median, scaled so that it estimates a standard deviation of normal noise. */
    static BigDecimal deviation(Collection<BigDecimal> numbers) {
        var middle = median(numbers);
        return median(numbers.stream()
                        .map(number -> number.subtract(middle).abs())
                        .toList())
                .multiply(NORMAL);
    }

    /** How far from a positive centre, as a plain ratio of it, to 16 digits: a tick needs some thousand of these. */
    static BigDecimal distance(BigDecimal number, BigDecimal centre) {
        return number.subtract(centre).divide(centre, MathContext.DECIMAL64);
    }
}
