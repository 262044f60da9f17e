package dev.plimsoll.market;

import dev.plimsoll.market.Trail.Close;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How wildly a price moved of late: the exponentially weighted mean of its squared logarithmic returns, from one
 * minute's close to the next, the latest counting most. Over minutes that nobody saw, one return stands for all of them.
 *
 * @param halfLife after how long a minute counts half
 */
record Returns(Duration halfLife) {
    private static final MathContext SHOWN = new MathContext(6, RoundingMode.HALF_UP);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    /** One jump among so few minutes would pass for the usual. */
    private static final Duration LEAST = Duration.ofMinutes(15);

    Returns {
        Bounds.between(SHORTEST, LONGEST, "volatility.half-life", halfLife);
    }

    /**
     * The standard deviation of a minute's return, as a plain ratio; a statistic, not money, so to six digits.
     *
     * @param closes the oldest first
     * @return empty when they span less than a quarter of an hour
     */
    Optional<BigDecimal> deviation(List<Close> closes) {
        if (closes.isEmpty() || minutes(closes.getFirst().at(), closes.getLast().at()) < LEAST.toMinutes()) {
            return Optional.empty();
        }
        var squares = 0.0;
        var minutes = 0.0;
        for (var i = 1; i < closes.size(); i++) {
            var weight = weight(closes.get(i).at(), closes.getLast().at());
            var change = Math.log(
                    closes.get(i).mid().doubleValue() / closes.get(i - 1).mid().doubleValue());
            squares += weight * change * change;
            minutes += weight * minutes(closes.get(i - 1).at(), closes.get(i).at());
        }
        return Optional.of(new BigDecimal(Math.sqrt(squares / minutes), SHOWN));
    }

    private double weight(Instant at, Instant last) {
        return Math.pow(0.5, minutes(at, last) / (halfLife.toSeconds() / 60.0));
    }

    private static double minutes(Instant from, Instant to) {
        return Duration.between(from, to).toSeconds() / 60.0;
    }
}
