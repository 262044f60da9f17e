package dev.plimsoll.position;

import dev.plimsoll.market.PriceSpan;
import dev.plimsoll.position.HealthHistory.Point;
import dev.plimsoll.position.HealthHistory.Seen;
import dev.plimsoll.risk.HealthFactor;
import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * When a position as it is today was nearest to liquidation over days of recorded prices, and for how long nobody could
 * tell. It looks at hours first and into those alone that may hold the lowest: a low over a longer time is never higher.
 */
public final class Lowest {
    private static final int FINER = 12;

    private final HealthHistory history;
    private final int needed;

    /** @param now interest on debt counts up to here */
    public Lowest(Position position, Instant now, AssetRegistry assets) {
        this.history = new HealthHistory(position, now, assets);
        this.needed = position.terms().assets().size();
    }

    /**
     * @param low     empty when nothing was owed, or nothing could be judged
     * @param unknown how long it could not be judged
     */
    public record Course(Optional<Low> low, Duration unknown) {}

    /**
     * @param at              when the step began in which it was
     * @param distancePercent how far everything had still to fall together; zero when it could be liquidated
     */
    public record Low(Instant at, HealthFactor healthFactor, BigDecimal distancePercent) {}

    /**
     * @param from  a multiple of the step
     * @param step  whole minutes, by which the prices are kept in {@code spans}
     * @param spans of the position's assets
     */
    public Course of(Instant from, Instant to, Duration step, List<PriceSpan> spans) {
        var coarse = points(from, to, step.multipliedBy(FINER), spans);
        return new Course(low(to, step, spans, coarse), unknown(from, to, step, spans));
    }

    private List<Point> points(Instant from, Instant to, Duration step, List<PriceSpan> spans) {
        return history.points(new HistoryFrame(from, to, step, step), spans);
    }

    private Optional<Low> low(Instant to, Duration step, List<PriceSpan> spans, List<Point> coarse) {
        var promising = coarse.stream()
                .filter(point -> point.seen().isPresent())
                .sorted(Comparator.comparing(Lowest::low))
                .toList();
        var lowest = Optional.<Point>empty();
        for (var point : promising) {
            if (lowest.filter(known -> low(known).compareTo(low(point)) <= 0).isPresent()) {
                break;
            }
            var end = earlier(point.at().plus(step.multipliedBy(FINER)), to);
            lowest = Stream.concat(
                            lowest.stream(), points(point.at(), end, step, within(spans, point.at(), end)).stream())
                    .filter(finer -> finer.seen().isPresent())
                    .min(Comparator.comparing(Lowest::low));
        }
        return lowest.flatMap(point -> low(point, step, spans));
    }

    private Optional<Low> low(Point point, Duration step, List<PriceSpan> spans) {
        var bin = new HistoryFrame(point.at(), point.at().plus(step), step, step);
        return history.health(bin, spans)
                .filter(health -> health.terms().hasDebt())
                .map(health -> new Low(
                        point.at(), health.healthFactor(), health.distance().low()));
    }

    /**
     * Of the steps that are over. Only what lacks a price is judged for it: without a little of it, it may be judged all the
     * same.
     */
    private Duration unknown(Instant from, Instant to, Duration step, List<PriceSpan> spans) {
        var over = Duration.between(from, to).dividedBy(step);
        return over == 0
                ? Duration.ZERO
                : unknown(new HistoryFrame(from, from.plus(step.multipliedBy(over)), step, step), spans);
    }

    private Duration unknown(HistoryFrame frame, List<PriceSpan> spans) {
        var covered = spans.stream()
                .collect(Collectors.groupingBy(
                        PriceSpan::asset,
                        Collectors.flatMapping(
                                span -> frame.binsWithin(span.from(), span.to()).boxed(), Collectors.toSet())))
                .values();
        var lacking = new BitSet(frame.bins());
        IntStream.range(0, frame.bins())
                .filter(bin ->
                        covered.stream().filter(bins -> bins.contains(bin)).count() < needed)
                .forEach(lacking::set);
        return lacking.stream()
                .filter(bin -> isUnknown(frame, bin, spans))
                .mapToObj(bin -> frame.bin())
                .reduce(Duration.ZERO, Duration::plus);
    }

    private boolean isUnknown(HistoryFrame frame, int bin, List<PriceSpan> spans) {
        var from = frame.start(bin);
        var one = new HistoryFrame(from, from.plus(frame.bin()), frame.bin(), frame.bin());
        return history.health(one, within(spans, from, from.plus(frame.bin()))).isEmpty();
    }

    private static List<PriceSpan> within(List<PriceSpan> spans, Instant from, Instant to) {
        return spans.stream()
                .filter(span -> span.from().isBefore(to) && span.to().isAfter(from))
                .toList();
    }

    private static HealthFactor low(Point point) {
        return point.seen().map(Seen::low).orElseThrow();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
