package dev.plimsoll.book;

import dev.plimsoll.alert.AlertState;
import dev.plimsoll.alert.Observations;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.rule.AssetReadings;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Condition.Direction;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.rule.Telling;
import dev.plimsoll.rule.Venues;
import dev.plimsoll.rule.Watches;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** Many users' rules on one asset, which ask some hundred different things. */
public final class AssetRulesLoad {
    private static final int WINDOWS = 120;
    private static final int A_DAY = 24 * 60;

    private final Book book = new Book();
    private final LatestMarket latest = new LatestMarket();
    private Instant now = Venues.NOON;

    public AssetRulesLoad(int rules) {
        IntStream.range(0, A_DAY).forEach(minute -> {
            now = now.plusSeconds(60);
            latest.offer(1, market());
        });
        IntStream.range(0, rules).forEach(i -> book.put(rule(i)));
        settle();
    }

    private MarketSnapshot market() {
        return Venues.daiAt(now, "coinbase 1.0003", "kraken 1.0001", "okx 1.00", "bitstamp 0.9999");
    }

    private AssetReadings readings() {
        return new AssetReadings(market(), latest.trail());
    }

    private void settle() {
        var readings = readings();
        for (var one : book.select(readings, now).assets()) {
            var measure = readings.of(one.condition());
            var seen = Observations.ofAsset(one.rule(), one.condition(), measure, now, now);
            var decided = new Bands.Decided(one.rule(), AlertState.quiet(0), seen);
            book.settle(one, Bands.ofAsset(decided, one.condition(), measure));
        }
    }

    /** The whole of what a tick asks of the book; how much it selects. */
    public int tick() {
        now = now.plusSeconds(10);
        return book.select(readings(), now).assets().size();
    }

    private static Rule rule(int number) {
        return new Rule(
                new UUID(1, number),
                new UUID(2, number),
                Optional.empty(),
                "rule",
                Map.of(),
                new Watches.OneAsset(Venues.DAI),
                condition(number),
                List.of(level(number)),
                Telling.EVERYTHING,
                Venues.NOON,
                1);
    }

    private static Condition condition(int number) {
        return switch (number % 3) {
            case 0 ->
                new Condition.PriceChange(
                        Venues.DAI, Direction.EITHER, Duration.ofMinutes(1 + number / 3 % WINDOWS * 12));
            case 1 -> new Condition.PriceDivergence(Venues.DAI, Optional.empty());
            default -> new Condition.Depeg(Venues.DAI, Optional.empty());
        };
    }

    private static Level level(int number) {
        var value = BigDecimal.valueOf(10 + number % 50);
        return new Level(
                Severity.WARNING,
                number % 3 == 0 ? new Level.Limit.Moved(value) : new Level.Limit.Bps(value),
                Optional.empty(),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofHours(4),
                Optional.empty());
    }
}
