package dev.plimsoll.market;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How wildly a price moved over days, every hour counting alike: the root of the mean squared logarithmic return from one
 * close to the next. It remembers the wild day after which {@link Returns} has long calmed down.
 */
public final class RealisedVolatility {
    private static final MathContext SHOWN = new MathContext(6, RoundingMode.UP);

    /** One quiet hour says nothing of a night. */
    private static final Duration LEAST = Duration.ofHours(24);

    private RealisedVolatility() {}

    /**
     * The standard deviation of a minute's return as a plain ratio; a statistic, not money, so to six digits.
     *
     * @param spans of one asset, in any order
     * @return empty when their closes lie less than a day apart
     */
    public static Optional<BigDecimal> of(Collection<PriceSpan> spans) {
        var closes = spans.stream()
                .sorted(Comparator.comparing(PriceSpan::to).thenComparing(PriceSpan::from))
                .toList();
        return closes.isEmpty() || between(closes.getFirst(), closes.getLast()).compareTo(LEAST) < 0
                ? Optional.empty()
                : Optional.of(deviation(closes));
    }

    private static BigDecimal deviation(List<PriceSpan> closes) {
        var squares = 0.0;
        var minutes = 0.0;
        for (var i = 1; i < closes.size(); i++) {
            var earlier = closes.get(i - 1);
            var later = closes.get(i);
            var passed = between(earlier, later).toSeconds() / 60.0;
            if (passed > 0) {
                var change = Math.log(close(later) / close(earlier));
                squares += change * change;
                minutes += passed;
            }
        }
        return new BigDecimal(Math.sqrt(squares / minutes), SHOWN);
    }

    private static Duration between(PriceSpan earlier, PriceSpan later) {
        return Duration.between(earlier.to(), later.to());
    }

    private static double close(PriceSpan span) {
        return span.believed().close().doubleValue();
    }
}
