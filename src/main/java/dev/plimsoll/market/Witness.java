package dev.plimsoll.market;

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
 * @param range    in US dollars, bounded; empty when there is none
 * @param standing the value as the source gave it, where it gave no time of its own
 * @param unused   empty as long as nothing speaks against it
 */
record Witness(
        Feed feed,
        Optional<PriceRange> range,
        Optional<Duration> age,
        Optional<BigDecimal> standing,
        Optional<String> unused) {
    static Witness silent(Feed feed, String why) {
        return new Witness(feed, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(why));
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

    Witness unused(String why) {
        return new Witness(feed, range, age, standing, Optional.of(why));
    }

    /** @param centre of the others, where there are others */
    Voice voice(Optional<BigDecimal> centre) {
        var divergence = centre.filter(others -> range.isPresent()).map(others -> bps(Medians.distance(mid(), others)));
        return new Voice(feed.source(), feed.family(), range, age, divergence, unused);
    }

    /** Whole basis points, rounded away from zero: never shown nearer than it is. */
    private static BigDecimal bps(BigDecimal ratio) {
        return ratio.movePointRight(4).setScale(0, RoundingMode.UP);
    }
}
