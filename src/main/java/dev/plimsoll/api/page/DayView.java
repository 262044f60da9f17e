package dev.plimsoll.api.page;

import dev.plimsoll.market.MarketDay;
import dev.plimsoll.market.MarketDay.Divergence;
import dev.plimsoll.market.MarketDay.Prices;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;

/**
 * The last 24 hours of one asset, in words.
 *
 * @param lowest  where the price was lowest, in US dollars
 * @param highest where it was highest
 * @param sources the farthest first
 */
public record DayView(String lowest, String highest, List<Farthest> sources) {

    /** How far a source was from the median of the others at most, and when. */
    public record Farthest(String source, String divergence, String at) {}

    static DayView of(MarketDay day) {
        return new DayView(
                Words.or(day.prices().map(Prices::low).map(DayView::price)),
                Words.or(day.prices().map(Prices::high).map(DayView::price)),
                day.sources().stream()
                        .sorted(Comparator.comparingInt(source -> -Math.abs(source.bps())))
                        .map(DayView::farthest)
                        .toList());
    }

    private static Farthest farthest(Divergence source) {
        return new Farthest(
                source.source(), Words.signedBps(BigDecimal.valueOf(source.bps())), Words.time(source.at()));
    }

    private static String price(BigDecimal price) {
        return Words.price(PriceRange.between(price, price));
    }
}
