package dev.plimsoll.market;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/**
 * What one family of sources says, as one.
 *
 * @param low   the median of its sources' lower ends, in US dollars
 * @param high  the median of their upper ends
 * @param floor the lowest of all
 * @param roof  the highest of all
 * @param band  the widest of its sources, as a plain ratio
 * @param age   of its youngest quote
 */
record Family(
        String name,
        BigDecimal low,
        BigDecimal high,
        BigDecimal floor,
        BigDecimal roof,
        BigDecimal band,
        Duration age) {

    static Family of(String name, List<Witness> members) {
        var lows = members.stream().map(Witness::low).toList();
        var highs = members.stream().map(Witness::high).toList();
        return new Family(
                name,
                Medians.median(lows),
                Medians.median(highs),
                lows.stream().reduce(BigDecimal::min).orElseThrow(),
                highs.stream().reduce(BigDecimal::max).orElseThrow(),
                members.stream()
                        .map(member -> member.feed().band().asRatio())
                        .reduce(BigDecimal::max)
                        .orElseThrow(),
                members.stream().map(Witness::ageOrZero).sorted().findFirst().orElseThrow());
    }

    BigDecimal mid() {
        return Medians.mean(low, high);
    }

    boolean isPoint() {
        return floor.compareTo(roof) == 0;
    }

    /** Of its nearest end from the centre, as a plain ratio; zero when the centre lies within. */
    BigDecimal nearest(BigDecimal centre) {
        if (low.compareTo(centre) > 0) {
            return Medians.distance(low, centre);
        }
        return high.compareTo(centre) < 0 ? Medians.distance(high, centre).abs() : BigDecimal.ZERO;
    }

    /** Of its farthest end from the centre, as a plain ratio. */
    BigDecimal farthest(BigDecimal centre) {
        return Medians.distance(floor, centre)
                .abs()
                .max(Medians.distance(roof, centre).abs());
    }
}
