package dev.plimsoll.market;

import dev.plimsoll.market.Consensus.Quoted;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.oracle.Feed;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/**
 * One source's answer on its way through the checks.
 *
 * @param staleAfter the feed's heartbeat and slack
 * @param quoted     as the source gave it; empty when it is silent
 * @param range      in US dollars, bounded; empty when there is none
 * @param isTimeless the source gave no time of its own
 * @param unused     empty as long as nothing speaks against it
 */
record Witness(
        Feed feed,
        Duration staleAfter,
        Optional<Quoted> quoted,
        Optional<PriceRange> range,
        Optional<Duration> age,
        boolean isTimeless,
        Optional<String> unused) {
    /** A hundred thousand times the price; a number in wei is 10<sup>18</sup> times it, which no reader has room for. */
    private static final BigDecimal FARTHEST_BPS = new BigDecimal("1000000000");

    static Witness silent(Feed feed, Duration staleAfter, Optional<Duration> age, String why) {
        return new Witness(feed, staleAfter, Optional.empty(), Optional.empty(), age, false, Optional.of(why));
    }

    boolean isUsed() {
        return unused.isEmpty();
    }

    String family() {
        return feed.family();
    }

    BigDecimal low() {
        return range.orElseThrow().low();
    }

    BigDecimal high() {
        return range.orElseThrow().high().orElseThrow();
    }

    BigDecimal mid() {
        return Medians.mean(low(), high());
    }

    Duration ageOrZero() {
        return age.orElse(Duration.ZERO);
    }

    /** The value as the source gave it, where it gave no time of its own. */
    Optional<BigDecimal> standing() {
        return quoted.filter(any -> isTimeless).map(Quoted::value);
    }

    Witness unused(String why) {
        return new Witness(feed, staleAfter, quoted, range, age, isTimeless, Optional.of(why));
    }

    /** @param centre of the others, where there are others */
    Voice voice(Optional<BigDecimal> centre) {
        var divergence = centre.filter(others -> range.isPresent()).map(others -> bps(Medians.distance(mid(), others)));
        return new Voice(
                feed.source(), feed.family(), quoted, range, age, feed.band().value(), staleAfter, divergence, unused);
    }

    /** Whole basis points, rounded away from zero: never shown nearer than it is, and no farther than can be counted. */
    private static BigDecimal bps(BigDecimal ratio) {
        return ratio.movePointRight(4).setScale(0, RoundingMode.UP).min(FARTHEST_BPS);
    }
}
