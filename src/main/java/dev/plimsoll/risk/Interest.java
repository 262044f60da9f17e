package dev.plimsoll.risk;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Debt grows by its yearly rate, compounded continuously: the dangerous reading of "5 % a year". */
final class Interest {
    private static final BigDecimal NANOS_A_YEAR =
            BigDecimal.valueOf(Duration.ofDays(365).toNanos());
    private static final BigDecimal NANOS_A_SECOND = BigDecimal.valueOf(1_000_000_000L);
    private static final BigDecimal SMALL = new BigDecimal("0.01");

    private Interest() {}

    /** What {@code amount} has become; the amount itself when the instants are the wrong way round. */
    static BigDecimal grown(BigDecimal amount, Optional<BigDecimal> annualRate, Instant since, Instant at) {
        if (annualRate.isEmpty() || annualRate.get().signum() == 0 || !at.isAfter(since)) {
            return amount;
        }
        var exponent = annualRate.get().multiply(years(Duration.between(since, at)), Precision.WORK);
        return amount.multiply(exponential(exponent), Precision.WORK);
    }

    private static BigDecimal years(Duration elapsed) {
        var nanos = BigDecimal.valueOf(elapsed.toSeconds())
                .multiply(NANOS_A_SECOND)
                .add(BigDecimal.valueOf(elapsed.getNano()));
        return nanos.divide(NANOS_A_YEAR, Precision.WORK);
    }

    /** e to the x by its series, on an argument halved until the series is short. */
    static BigDecimal exponential(BigDecimal x) {
        if (x.abs().compareTo(SMALL) > 0) {
            var half = exponential(x.divide(BigDecimal.TWO, Precision.WORK));
            return half.multiply(half, Precision.WORK);
        }
        var sum = BigDecimal.ONE;
        var term = BigDecimal.ONE;
        for (var n = 1; n <= 20; n++) {
            term = term.multiply(x, Precision.WORK).divide(BigDecimal.valueOf(n), Precision.WORK);
            sum = sum.add(term, Precision.WORK);
        }
        return sum;
    }
}
