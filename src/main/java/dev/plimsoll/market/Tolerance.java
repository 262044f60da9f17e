package dev.plimsoll.market;

import dev.plimsoll.oracle.Feed;
import dev.plimsoll.unit.AssetInfo.Volatility;
import dev.plimsoll.unit.BasisPoints;
import dev.plimsoll.unit.Tick;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

/**
 * How many must agree, and how late, how unsure and how far apart quotes may honestly be.
 *
 * @param slack       beyond a heartbeat, where the feed does not say its own
 * @param freshWithin older quotes are set aside where enough families have younger ones
 * @param confidence  how far a source's own interval may reach from its value
 * @param ratePerDay  by how much the rate of an asset to its anchor may move in a day
 */
public record Tolerance(
        Quorum quorum,
        Duration slack,
        Duration freshWithin,
        BasisPoints confidence,
        Drift drift,
        BasisPoints ratePerDay) {
    private static final Duration DAY = Duration.ofDays(1);

    public Tolerance {
        Bounds.between(Duration.ZERO, DAY, "slack", slack);
        Bounds.between(Duration.ZERO, DAY, "fresh-within", freshWithin);
    }

    /** @throws IllegalArgumentException naming the setting that is out of its bounds */
    public static Tolerance of(MarketConfig config) {
        return new Tolerance(
                new Quorum(config.quorum(), config.outlierFamilies(), config.outlierFactor()),
                config.slack(),
                config.freshWithin(),
                Bounds.bps("0.01", "9999", "confidence-bps", config.confidenceBps()),
                new Drift(perMinute(config.volatility()), config.volatility().cap()),
                Bounds.bps("0", "100", "rate-bps-per-day", config.rateBpsPerDay()));
    }

    private static Map<Volatility, BasisPoints> perMinute(MarketConfig.Volatility config) {
        return Map.of(
                Volatility.STABLE, perMinute("stable", config.stable()),
                Volatility.MAJOR, perMinute("major", config.major()),
                Volatility.ALT, perMinute("alt", config.alt()),
                Volatility.AI, perMinute("ai", config.ai()));
    }

    private static BasisPoints perMinute(String kind, BigDecimal bps) {
        return Bounds.bps("0.01", "1000", "volatility." + kind, bps);
    }

    /** A quote cannot be heard of more often than we ask. */
    Duration slack(Feed feed, Tick tick) {
        return longer(feed.slack().orElse(slack), tick.interval());
    }

    Duration freshWithin(Tick tick) {
        return longer(freshWithin, tick.interval().multipliedBy(2));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
