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
        return exposures.stream()
                .map(e -> amount.apply(e).multiply(e.dangerPrice(), Precision.WORK))
                .reduce(BigDecimal.ZERO, (a, b) -> a.add(b, Precision.WORK));
    }
}
