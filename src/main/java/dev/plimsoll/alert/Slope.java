package dev.plimsoll.alert;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Optional;

/** How fast a value changes. */
final class Slope {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final BigDecimal SECONDS_AN_HOUR = BigDecimal.valueOf(3600);

    private Slope() {}

    /** Empty below a minute: so little time says nothing of an hour. */
    static Optional<BigDecimal> perHour(BigDecimal change, Duration in) {
        return in.compareTo(SHORTEST) < 0
                ? Optional.empty()
                : Optional.of(change.multiply(SECONDS_AN_HOUR)
                        .divide(BigDecimal.valueOf(in.toSeconds()), MathContext.DECIMAL64));
    }
}
