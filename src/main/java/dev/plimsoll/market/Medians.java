package dev.plimsoll.market;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;

/** The middle of some numbers, whatever their order. */
public final class Medians {
    private static final BigDecimal NORMAL = new BigDecimal("1.4826");

    private Medians() {}

    /** Of an even number, the mean of the two in the middle, to 34 digits. */
    public static BigDecimal median(Collection<BigDecimal> numbers) {
        if (numbers.isEmpty()) {
            throw new IllegalArgumentException("nothing has no median");
        }
        var sorted = numbers.stream().sorted().toList();
        var middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : mean(sorted.get(middle - 1), sorted.get(middle));
    }

    static BigDecimal mean(BigDecimal one, BigDecimal other) {
        return one.add(other).divide(BigDecimal.TWO, MathContext.DECIMAL128);
    }

    /** The median distance from the median, scaled so that it estimates a standard deviation of normal noise. */
    static BigDecimal deviation(Collection<BigDecimal> numbers) {
        var middle = median(numbers);
        return median(numbers.stream()
                        .map(number -> number.subtract(middle).abs())
                        .toList())
                .multiply(NORMAL);
    }

    /** How far from a positive centre, as a plain ratio of it. */
    static BigDecimal distance(BigDecimal number, BigDecimal centre) {
        return number.subtract(centre).divide(centre, MathContext.DECIMAL128);
    }
}
