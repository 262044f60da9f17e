package dev.plimsoll.market;

import static java.lang.Double.NaN;

import dev.plimsoll.market.PriceMinute.Believed;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What was believed of one asset over some minutes of the past, packed: months of them are read at once. Prices in US
 * dollars, of at most 15 digits, which a {@code double} holds exactly.
 *
 * @param from      when it began, in seconds since 1970
 * @param to        when it was over, likewise: its close and its extremes are known from here on
 * @param lowestLow not a number where nothing was believed, and so the other prices
 */
public record PriceBar(
        long from, long to, double lowestLow, double lowestHigh, double highestLow, double highestHigh, double close) {
    private static final MathContext DIGITS = new MathContext(15);

    /** @param usd what one unit of the candle's quote asset is worth in US dollars */
    public static PriceBar of(Candle candle, BigDecimal usd) {
        var low = packed(candle.low().multiply(usd));
        var high = packed(candle.high().multiply(usd));
        return new PriceBar(
                candle.open().getEpochSecond(),
                candle.end().getEpochSecond(),
                low,
                low,
                high,
                high,
                packed(candle.close().multiply(usd)));
    }

    static PriceBar of(PriceMinute minute) {
        var from = minute.at().getEpochSecond();
        return minute.believed()
                .map(seen -> of(from, seen.extremes(), seen.close()))
                .orElseGet(() -> new PriceBar(from, from + 60, NaN, NaN, NaN, NaN, NaN));
    }

    private static PriceBar of(long from, Extremes extremes, BigDecimal close) {
        return new PriceBar(
                from,
                from + 60,
                packed(extremes.lowestLow()),
                packed(extremes.lowestHigh()),
                packed(extremes.highestLow()),
                packed(extremes.highestHigh()),
                packed(close));
    }

    private static double packed(BigDecimal price) {
        return price.round(DIGITS).doubleValue();
    }

    public boolean isKnown() {
        return !Double.isNaN(close);
    }

    public Duration length() {
        return Duration.ofSeconds(to - from);
    }

    /** At its end: around the close, as wide as the wider of the two extremes. */
    public PriceRange atClose() {
        if (!isKnown()) {
            return PriceRange.ANYTHING;
        }
        var middle = Bucket.exact(close);
        var width = width();
        if (width.signum() == 0) {
            return PriceRange.between(middle, middle);
        }
        var half = width.divide(BigDecimal.TWO);
        return PriceRange.between(
                middle.subtract(half).max(Bucket.exact(lowestLow)).min(middle),
                middle.add(half).min(Bucket.exact(highestHigh)).max(middle));
    }

    private BigDecimal width() {
        return lowestLow == lowestHigh && highestLow == highestHigh
                ? BigDecimal.ZERO
                : width(lowestLow, lowestHigh).max(width(highestLow, highestHigh));
    }

    private static BigDecimal width(double low, double high) {
        return Bucket.exact(high).subtract(Bucket.exact(low));
    }

    /** What was believed when it was lowest. */
    public PriceRange atLowest() {
        return range(lowestLow, lowestHigh);
    }

    public PriceRange atHighest() {
        return range(highestLow, highestHigh);
    }

    private PriceRange range(double low, double high) {
        return isKnown() ? PriceRange.between(Bucket.exact(low), Bucket.exact(high)) : PriceRange.ANYTHING;
    }

    /** Of an asset that is worth so many of this one. */
    public PriceBar times(BigDecimal rate) {
        return new PriceBar(
                from,
                to,
                times(lowestLow, rate),
                times(lowestHigh, rate),
                times(highestLow, rate),
                times(highestHigh, rate),
                times(close, rate));
    }

    private static double times(double price, BigDecimal rate) {
        return Double.isNaN(price) ? price : packed(Bucket.exact(price).multiply(rate));
    }

    /** As the last minute of it: for a {@link Trail}. */
    public PriceMinute lastMinute(Asset asset) {
        var believed = isKnown()
                ? Optional.of(new Believed(
                        new Extremes(
                                Bucket.exact(lowestLow),
                                Bucket.exact(lowestHigh),
                                Bucket.exact(highestLow),
                                Bucket.exact(highestHigh)),
                        Bucket.exact(close)))
                : Optional.<Believed>empty();
        return new PriceMinute(asset, Instant.ofEpochSecond(to - 60), believed, Map.of());
    }
}
