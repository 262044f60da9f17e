package dev.plimsoll.api.page;

import dev.plimsoll.market.Extremes;
import dev.plimsoll.market.PriceMinute;
import dev.plimsoll.market.Trail;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The last 24 hours of one asset, minute by minute, in words.
 *
 * @param lowest  where the price was lowest, in US dollars
 * @param highest where it was highest
 */
public record DayView(String lowest, String highest, List<Farthest> sources) {
    private static final Duration DAY = Duration.ofHours(24);

    /** How far a source was from the median of the others at most, and when. */
    public record Farthest(String source, String divergence, String at) {}

    private record Point(int bps, Instant at) {}

    static DayView of(Trail trail, Asset asset, Instant now) {
        var extremes = trail.within(asset, now, DAY);
        return new DayView(
                Words.or(extremes.map(Extremes::lowestLow).map(DayView::price)),
                Words.or(extremes.map(Extremes::highestHigh).map(DayView::price)),
                farthest(trail.minutes(asset, now.minus(DAY), now.plus(Duration.ofMinutes(1)))));
    }

    private static List<Farthest> farthest(List<PriceMinute> minutes) {
        Map<String, Point> points = new HashMap<>();
        minutes.forEach(minute -> minute.divergenceBps()
                .forEach((source, bps) -> points.merge(source, new Point(bps, minute.at()), DayView::farther)));
        return points.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        point -> -Math.abs(point.getValue().bps())))
                .map(point -> new Farthest(
                        point.getKey(),
                        Words.signedBps(BigDecimal.valueOf(point.getValue().bps())),
                        Words.time(point.getValue().at())))
                .toList();
    }

    private static Point farther(Point one, Point other) {
        return Math.abs(other.bps()) > Math.abs(one.bps()) ? other : one;
    }

    private static String price(BigDecimal price) {
        return Words.price(PriceRange.between(price, price));
    }
}
