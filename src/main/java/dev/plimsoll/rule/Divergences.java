package dev.plimsoll.rule;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.market.Medians;
import dev.plimsoll.rule.Measure.OfFeed;
import dev.plimsoll.rule.Reading.Measured;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far sources are from the median of the other families, in basis points.
 *
 * <p>Of every fresh quote, also of one that the market did not believe because it is an outlier or out of bounds: that it is
 * far off is what is asked. A quote that is a range is as far away as its nearest end at least, and its farthest at most.
 */
public final class Divergences {
    /** Why a quote did not count that is fresh all the same. */
    private static final Set<String> FRESH = Set.of("outlier", "outlier in its family", "too unsure", "out of bounds");

    /** What a feed may differ beyond its own deviation band before it is told, in basis points. */
    private static final BigDecimal BEYOND_BAND = BigDecimal.valueOf(25);

    /** A basis point: nearer to nothing is told as this. */
    private static final BigDecimal LEAST_RATIO = new BigDecimal("0.0001");

    private static final MathContext DOWN = new MathContext(34, RoundingMode.FLOOR);
    private static final MathContext UP = new MathContext(34, RoundingMode.CEILING);

    private Divergences() {}

    static Measure measure(Consensus consensus, Optional<String> source) {
        var feeds = consensus.voices().stream()
                .filter(voice -> source.isEmpty() || source.get().equals(voice.source()))
                .filter(Divergences::isComparable)
                .map(voice -> feed(consensus, voice))
                .toList();
        return feeds.isEmpty() ? Measure.unreadable(why(consensus, source)) : Measure.most(feeds);
    }

    /** It has a fresh quote, and there are others to compare it with. */
    public static boolean isComparable(Voice voice) {
        return voice.divergenceBps().isPresent()
                && voice.range().filter(PriceRange::isBounded).isPresent()
                && voice.age()
                        .filter(age -> age.compareTo(voice.staleAfter()) <= 0)
                        .isPresent()
                && (voice.used() || FRESH.contains(voice.unused().orElseThrow()));
    }

    /** How far this feed may be from the others before an automatic level tells it: its own band and 25 bps. */
    public static BigDecimal allowedBps(Voice voice) {
        return voice.bandBps().add(BEYOND_BAND);
    }

    /** The median of the other families that a comparable voice is measured from, or its anchor, in US dollars. */
    public static BigDecimal centre(Consensus consensus, Voice voice) {
        var families = others(consensus, voice)
                .collect(Collectors.groupingBy(
                        Voice::family,
                        Collectors.mapping(other -> middle(other.range().orElseThrow()), Collectors.toList())));
        return families.isEmpty()
                ? anchor(voice)
                : Medians.median(families.values().stream().map(Medians::median).toList());
    }

    /** Those that count and are of another family. */
    public static Stream<Voice> others(Consensus consensus, Voice voice) {
        return consensus.voices().stream()
                .filter(other -> other.used() && !other.family().equals(voice.family()));
    }

    /** What a source without others is held against: no more is known of it than how far away it is. */
    private static BigDecimal anchor(Voice voice) {
        var ratio = BigDecimal.ONE.add(voice.divergenceBps().orElseThrow().movePointLeft(4));
        return middle(voice.range().orElseThrow()).divide(ratio.max(LEAST_RATIO), MathContext.DECIMAL128);
    }

    private static OfFeed feed(Consensus consensus, Voice voice) {
        var bps = voice.divergenceBps().orElseThrow().abs();
        var half = halfWidthBps(voice.range().orElseThrow(), centre(consensus, voice));
        var low = bps.subtract(half).max(BigDecimal.ZERO);
        var high = bps.add(half);
        var allowed = allowedBps(voice);
        return new OfFeed(
                voice,
                new Measured(low, Optional.of(high)),
                new Measured(low.divide(allowed, DOWN), Optional.of(high.divide(allowed, UP))));
    }

    private static BigDecimal halfWidthBps(PriceRange bounded, BigDecimal centre) {
        return bounded.high()
                .orElseThrow()
                .subtract(bounded.low())
                .movePointRight(4)
                .divide(centre.multiply(BigDecimal.TWO), UP);
    }

    private static BigDecimal middle(PriceRange range) {
        return range.low().add(range.high().orElseThrow()).divide(BigDecimal.TWO, MathContext.DECIMAL128);
    }

    private static String why(Consensus consensus, Optional<String> source) {
        return source.map(name ->
                        name + " has no fresh quote of " + consensus.asset() + " that others can be held against")
                .orElse("no two sources have a fresh quote of " + consensus.asset());
    }
}
