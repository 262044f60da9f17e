package dev.plimsoll.position;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.Consensus.Agreed;
import dev.plimsoll.market.Extremes;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.PriceMinute.Believed;
import dev.plimsoll.market.PriceSpan;
import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.HealthFactor;
import dev.plimsoll.risk.HealthRange;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.PriceRange;
import dev.plimsoll.unit.Tick;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The health factor that a position as it is today would have had, on recorded prices. Debt counts with the interest of
 * today, so that the curve shows what prices did and nothing else.
 *
 * <p>Within a span the prices are taken as independent: the low is no higher and the high no lower than it was.
 */
public final class HealthHistory {
    private final Position position;
    private final Tick now;
    private final AssetRegistry assets;

    /** @param now interest on debt counts up to here */
    public HealthHistory(Position position, Instant now, AssetRegistry assets) {
        this.position = position;
        this.now = new Tick(0, now, Duration.ofMinutes(1));
        this.assets = assets;
    }

    /**
     * One step of the curve.
     *
     * @param seen    empty when no minute of it could be judged
     * @param unknown how much of it could not be judged
     */
    public record Point(Instant at, Optional<Seen> seen, Duration unknown) {}

    /** @param close by the last prices that could be judged by */
    public record Seen(HealthFactor low, HealthFactor high, HealthFactor close) {

        private Seen then(Seen later) {
            return new Seen(
                    low.compareTo(later.low) <= 0 ? low : later.low,
                    high.compareTo(later.high) >= 0 ? high : later.high,
                    later.close);
        }
    }

    /** One point for each step of the frame, the oldest first. */
    public List<Point> points(HistoryFrame frame, List<PriceSpan> spans) {
        var bins = bins(frame, spans).stream().map(this::seen).toList();
        return IntStream.range(0, frame.points())
                .mapToObj(
                        i -> point(frame, i, frame.binsOf(i).mapToObj(bins::get).toList()))
                .toList();
    }

    private static List<Map<Asset, Believed>> bins(HistoryFrame frame, List<PriceSpan> spans) {
        List<Map<Asset, Believed>> bins = new ArrayList<>();
        IntStream.range(0, frame.bins()).forEach(i -> bins.add(new HashMap<>()));
        spans.stream()
                .sorted(Comparator.comparing(PriceSpan::to))
                .forEach(span -> frame.binsWithin(span.from(), span.to())
                        .forEach(i -> bins.get(i).merge(span.asset(), span.believed(), HealthHistory::over)));
        return bins;
    }

    private static Believed over(Believed one, Believed later) {
        var a = one.extremes();
        var b = later.extremes();
        return new Believed(
                new Extremes(
                        a.lowestLow().min(b.lowestLow()),
                        a.lowestHigh().min(b.lowestHigh()),
                        a.highestLow().max(b.highestLow()),
                        a.highestHigh().max(b.highestHigh())),
                later.close());
    }

    private static Point point(HistoryFrame frame, int index, List<Optional<Seen>> bins) {
        var unknown = bins.stream().filter(Optional::isEmpty).count();
        return new Point(
                frame.start(index),
                bins.stream().flatMap(Optional::stream).reduce(Seen::then),
                frame.bin().multipliedBy(unknown));
    }

    /** All there is to say of a frame of one bin, at the extremes of its prices; empty when it could not be judged. */
    Optional<Health> health(HistoryFrame bin, List<PriceSpan> spans) {
        return switch (judgement(bins(bin, spans).getFirst(), HealthHistory::extremes)) {
            case Judgement.Judged(var health) -> Optional.of(health);
            case Judgement.NoDebt(var health) -> Optional.of(health);
            case Judgement.Unknown ignored -> Optional.empty();
        };
    }

    private static PriceRange extremes(Believed believed) {
        return PriceRange.between(
                believed.extremes().lowestLow(), believed.extremes().highestHigh());
    }

    private Optional<Seen> seen(Map<Asset, Believed> prices) {
        return range(prices, HealthHistory::extremes)
                .flatMap(range -> range(prices, believed -> PriceRange.between(believed.close(), believed.close()))
                        .map(close -> new Seen(range.low(), range.high(), close.low())));
    }

    private Optional<HealthRange> range(Map<Asset, Believed> prices, Function<Believed, PriceRange> range) {
        return switch (judgement(prices, range)) {
            case Judgement.Judged(var health) -> Optional.of(health.range());
            case Judgement.NoDebt ignored -> Optional.of(new HealthRange(HealthFactor.INFINITE, HealthFactor.INFINITE));
            case Judgement.Unknown ignored -> Optional.empty();
        };
    }

    private Judgement judgement(Map<Asset, Believed> prices, Function<Believed, PriceRange> range) {
        Map<Asset, Consensus> believed = new HashMap<>();
        prices.forEach((asset, price) ->
                believed.put(asset, new Agreed(asset, range.apply(price), 0, BigDecimal.ZERO, List.of())));
        return position.standing(new MarketSnapshot(now, believed), assets).market();
    }
}
