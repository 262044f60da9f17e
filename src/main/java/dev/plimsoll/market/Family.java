package dev.plimsoll.market;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/**
 * What one family of sources says, as one: the median of three or more, so that one of them that is wrong moves it no
 * farther than another one said; of two, which may be either, everything between them.
 *
 * @param low   the median of its sources' lower ends, in US dollars
 * @param high  the median of their upper ends
 * @param floor the lowest that it may be
 * @param roof  the highest that it may be
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
    private static final int ENOUGH_FOR_A_MAJORITY = 3;

    static Family of(String name, List<Witness> members) {
        var lows = members.stream().map(Witness::low).toList();
        var highs = members.stream().map(Witness::high).toList();
        var low = Medians.median(lows);
        var high = Medians.median(highs);
        var most = members.size() >= ENOUGH_FOR_A_MAJORITY;
        return new Family(
                name,
                low,
                high,
                most ? low : lows.stream().reduce(BigDecimal::min).orElseThrow(),
                most ? high : highs.stream().reduce(BigDecimal::max).orElseThrow(),
                members.stream()
                        .map(member -> member.feed().band().asRatio())
                        .reduce(BigDecimal::max)
                        .orElseThrow(),
                members.stream().map(Witness::ageOrZero).sorted().findFirst().orElseThrow());
    }

    BigDecimal mid() {
        return Medians.mean(low, high);
    }

    BigDecimal width() {
        return high.subtract(low);
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
