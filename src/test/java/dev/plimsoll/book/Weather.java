package dev.plimsoll.book;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.market.Drift;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.Past;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo.Volatility;
import dev.plimsoll.unit.BasisPoints;
import dev.plimsoll.unit.PriceRange;
import dev.plimsoll.unit.Tick;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A random walk of prices and time: calm and wild, with divergence, outages, gaps and a clock that is set back. */
final class Weather {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final Dice dice;
    private final double volatility;
    private final Map<Asset, Double> prices = new HashMap<>();
    private final Map<Asset, Integer> outages = new HashMap<>();
    private final Drift drift;
    private Instant now;
    private Instant unbrokenSince;

    Weather(Dice dice, Instant start) {
        this.dice = dice;
        this.volatility = dice.any(List.of(0.0001, 0.003, 0.03, 0.2));
        this.drift = drift(dice.any(List.of(0, 300, 3000)));
        this.now = start;
        this.unbrokenSince = start;
        Dice.ASSETS.forEach(asset -> prices.put(asset, Dice.AROUND.get(Dice.ASSETS.indexOf(asset))));
    }

    private static Drift drift(int bpsAMinute) {
        var same = BasisPoints.of(bpsAMinute);
        return new Drift(
                Stream.of(Volatility.values()).collect(Collectors.toMap(kind -> kind, kind -> same)), BigDecimal.TEN);
    }

    Instant now() {
        return now;
    }

    /** As the watch has it: the first tick without a gap above three intervals since. */
    Instant unbrokenSince() {
        return unbrokenSince;
    }

    MarketSnapshot next() {
        var before = now;
        now = now.plusMillis(dice.oneIn(30) ? dice.any(List.of(-3_600_000, -500, 29_000, 120_000)) : 10_000);
        if (now.isBefore(before) || now.isAfter(before.plus(INTERVAL.multipliedBy(3)))) {
            unbrokenSince = now;
        }
        Map<Asset, Consensus> assets = new HashMap<>();
        prices.replaceAll(
                (asset, price) -> price * Math.exp(volatility * dice.random().nextGaussian()));
        prices.forEach((asset, price) -> assets.put(asset, consensus(asset, price)));
        if (dice.oneIn(60)) {
            assets.remove(dice.any(Dice.ASSETS));
        }
        return new MarketSnapshot(new Tick(1, now, INTERVAL), assets, Past.NOTHING, drift);
    }

    private Consensus consensus(Asset asset, double price) {
        var outage = outages.merge(asset, dice.oneIn(40) ? 1 + dice.random().nextInt(12) : 0, Math::max);
        outages.put(asset, Math.max(0, outage - 1));
        if (outage > 0) {
            return new Consensus.NoQuorum(asset, "1 of 2 price families", voices(price));
        }
        var low = decimal(price);
        return dice.oneIn(10)
                ? new Consensus.Diverged(asset, range(asset, low), 2, BigDecimal.TEN, voices(price))
                : new Consensus.Agreed(asset, PriceRange.between(low, low), 3, BigDecimal.ONE, voices(price));
    }

    /** Some of them silent, late, far off, or not quite sure. */
    private List<Voice> voices(double price) {
        return Dice.SOURCES.stream().map(source -> voice(source, price)).toList();
    }

    private Voice voice(String source, double price) {
        var bps = dice.random().nextInt(dice.any(List.of(3, 80, 600))) - 1;
        var low = decimal(price * (1 + bps / 1e4));
        var high = dice.oneIn(3) ? low.multiply(new BigDecimal("1.002")) : low;
        var silent = dice.oneIn(6);
        return new Voice(
                source,
                source,
                Optional.empty(),
                silent ? Optional.empty() : Optional.of(PriceRange.between(low, high)),
                dice.oneIn(9)
                        ? Optional.empty()
                        : Optional.of(Duration.ofMillis(dice.random().nextInt(200_000))),
                BigDecimal.valueOf(50),
                Duration.ofSeconds(130),
                silent ? Optional.empty() : Optional.of(BigDecimal.valueOf(bps)),
                Optional.of(silent ? "timed out" : dice.any(List.of("", "outlier", "stands still", "stale")))
                        .filter(why -> !why.isEmpty()));
    }

    private PriceRange range(Asset asset, BigDecimal low) {
        var high = decimal(prices.get(asset) * (1.01 + dice.random().nextDouble() / 5));
        return PriceRange.between(dice.oneIn(10) ? BigDecimal.ZERO : low, high.max(low));
    }

    private BigDecimal decimal(double price) {
        return new BigDecimal(price, new MathContext(dice.oneIn(2) ? 4 : 16)).max(new BigDecimal("1e-9"));
    }
}
