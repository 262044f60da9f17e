package dev.plimsoll.risk;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Arithmetic that several figures share. */
final class Figures {
    private Figures() {}

    /** Empty when the divisor is zero. */
    static Optional<BigDecimal> quotient(BigDecimal dividend, BigDecimal divisor) {
        return divisor.signum() == 0
                ? Optional.empty()
                : Optional.of(dividend.divide(divisor, Precision.WORK).round(Precision.RESULT));
    }

    /** In US dollars, at the dangerous end of each price. */
    static BigDecimal sum(List<Exposure> exposures, Function<Exposure, BigDecimal> amount) {
        var sum = BigDecimal.ZERO;
        for (var exposure : exposures) {
            sum = sum.add(amount.apply(exposure).multiply(exposure.dangerPrice(), Precision.WORK), Precision.WORK);
        }
        return sum;
    }
}
