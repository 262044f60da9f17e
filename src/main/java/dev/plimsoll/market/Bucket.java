package dev.plimsoll.market;

import static java.lang.Double.NaN;

import dev.plimsoll.market.PriceMinute.Believed;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Optional;

/**
 * A minute of one asset, packed: a day of hundreds of assets is kept in memory. Prices have 15 significant digits, which
 * a {@code double} holds exactly; lower ends are rounded down, upper ends up.
 *
 * @param minute      since 1970
 * @param lowestLow   not a number where no tick had a bounded price, and so the other prices
 * @param divergences in basis points, by the place of the source; {@link #NONE} where it said nothing
 */
record Bucket(
        int minute,
        double lowestLow,
        double lowestHigh,
        double highestLow,
        double highestHigh,
        double close,
        int[] divergences) {
    static final int NONE = Integer.MIN_VALUE;

    private static final MathContext DOWN = new MathContext(15, RoundingMode.DOWN);
    private static final MathContext UP = new MathContext(15, RoundingMode.UP);
    private static final MathContext NEAREST = new MathContext(15, RoundingMode.HALF_EVEN);

    static Bucket of(int minute, PriceRange range, int[] divergences) {
        return of(minute, Optional.of(range).filter(PriceRange::isBounded).map(Bucket::believed), divergences);
    }

    static Bucket of(int minute, Optional<Believed> believed, int[] divergences) {
        return believed.map(seen -> of(minute, seen.extremes(), seen.close(), divergences))
                .orElseGet(() -> new Bucket(minute, NaN, NaN, NaN, NaN, NaN, divergences));
    }

    private static Bucket of(int minute, Extremes extremes, BigDecimal close, int[] divergences) {
        return new Bucket(
                minute,
                packed(extremes.lowestLow(), DOWN),
                packed(extremes.lowestHigh(), UP),
                packed(extremes.highestLow(), DOWN),
                packed(extremes.highestHigh(), UP),
                packed(close, NEAREST),
                divergences);
    }

    private static Believed believed(PriceRange range) {
        var high = range.high().orElseThrow();
        return new Believed(new Extremes(range.low(), high, range.low(), high), Medians.mean(range.low(), high));
    }

    boolean isBounded() {
        return !Double.isNaN(close);
    }

    /** Over the ticks of both; the later one's minute and close. */
    Bucket with(Bucket later) {
        var farthest = farther(divergences, later.divergences);
        if (!isBounded() || !later.isBounded()) {
            return (later.isBounded() ? later : this).in(later.minute, farthest);
        }
        return new Bucket(
                later.minute,
                Math.min(lowestLow, later.lowestLow),
                Math.min(lowestHigh, later.lowestHigh),
                Math.max(highestLow, later.highestLow),
                Math.max(highestHigh, later.highestHigh),
                later.close,
                farthest);
    }

    Optional<Believed> believed() {
        return isBounded() ? Optional.of(new Believed(extremes(), exact(close))) : Optional.empty();
    }

    Swing swing() {
        return new Swing(lowestLow, lowestHigh, highestLow, highestHigh);
    }

    Extremes extremes() {
        return new Extremes(exact(lowestLow), exact(lowestHigh), exact(highestLow), exact(highestHigh));
    }

    static BigDecimal exact(double packed) {
        var price = BigDecimal.valueOf(packed).stripTrailingZeros();
        return price.scale() < 0 ? price.setScale(0) : price;
    }

    private Bucket in(int other, int[] farthest) {
        return new Bucket(other, lowestLow, lowestHigh, highestLow, highestHigh, close, farthest);
    }

    private static double packed(BigDecimal price, MathContext rounding) {
        return price.round(rounding).doubleValue();
    }

    private static int[] farther(int[] one, int[] other) {
        var farthest = Arrays.copyOf(one.length >= other.length ? one : other, Math.max(one.length, other.length));
        var shorter = one.length >= other.length ? other : one;
        for (var place = 0; place < shorter.length; place++) {
            farthest[place] = farther(farthest[place], shorter[place]);
        }
        return farthest;
    }

    private static int farther(int one, int other) {
        if (one == NONE || other == NONE) {
            return one == NONE ? other : one;
        }
        return Math.abs(other) > Math.abs(one) ? other : one;
    }
}
