package dev.plimsoll.market;

import dev.plimsoll.oracle.Feed;
import dev.plimsoll.unit.AssetInfo.Volatility;
import dev.plimsoll.unit.BasisPoints;
import dev.plimsoll.unit.Tick;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Map;

/**
 * How late and how far apart quotes may honestly be.
 *
 * @param slack       beyond a heartbeat
 * @param freshWithin older quotes are set aside where two families have younger ones
 * @param perMinute   by how much a price may move in a minute; every class is there
 */
public record Tolerance(Duration slack, Duration freshWithin, Map<Volatility, BasisPoints> perMinute) {
    private static final BigDecimal NANOS_A_MINUTE =
            BigDecimal.valueOf(Duration.ofMinutes(1).toNanos());

    public Tolerance {
        perMinute = Map.copyOf(perMinute);
        if (slack.isNegative() || freshWithin.isNegative()) {
            throw new IllegalArgumentException(
                    "slack and fresh-within are not negative, were " + slack + " and " + freshWithin);
        }
    }

    /** A quote cannot be heard of more often than we ask. */
    Duration slack(Feed feed, Tick tick) {
        return longer(feed.slack().orElse(slack), tick.interval());
    }

    Duration freshWithin(Tick tick) {
        return longer(freshWithin, tick.interval().multipliedBy(2));
    }

    /** As a plain ratio of the price. */
    BigDecimal drift(Volatility volatility, Duration age) {
        return perMinute
                .get(volatility)
                .asRatio()
                .multiply(BigDecimal.valueOf(age.toNanos()))
                .divide(NANOS_A_MINUTE, MathContext.DECIMAL64);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
