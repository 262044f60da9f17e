package dev.plimsoll.market;

import dev.plimsoll.market.Past.Mark;
import dev.plimsoll.market.Past.Place;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which sources without a time of their own are stale: those whose value stands still while the others move
 * beyond their band; of two others both, or one that is wrong would make the right one stale. Serves one tick, and notes for the next where a value was first seen; not thread-safe.
 */
final class Standstill {
    private static final BigDecimal BACK = new BigDecimal("0.25");

    private final Map<Place, Mark> marks;

    Standstill(Map<Place, Mark> known) {
        this.marks = new HashMap<>(known);
    }

    /** What the next tick needs to know. */
    Map<Place, Mark> marks() {
        return marks;
    }

    /** Those that stand still are marked so; all are compared with each other as they came. */
    List<Witness> check(Asset asset, List<Witness> witnesses) {
        return witnesses.stream()
                .map(witness -> standsStill(asset, witness, witnesses) ? witness.unused("stands still") : witness)
                .toList();
    }

    private boolean standsStill(Asset asset, Witness witness, List<Witness> all) {
        if (!witness.isUsed() || witness.standing().isEmpty()) {
            return false;
        }
        var value = witness.standing().orElseThrow();
        var others = Families.of(all).without(witness.family());
        var relation = others.centre().map(centre -> witness.mid().divide(centre, MathContext.DECIMAL128));
        var place = new Place(witness.feed().source(), asset);
        var mark = Optional.ofNullable(marks.get(place)).filter(known -> known.isOf(value));
        var first = mark.flatMap(Mark::relation).or(() -> relation);
        var wasStill = mark.map(Mark::still).orElse(false);
        var still = relation.map(now -> moved(first.orElseThrow(), witness, others, wasStill))
                .orElse(wasStill);
        marks.put(place, new Mark(value, first, still));
        return still;
    }

    /**
     * Beyond the band, by the nearest ends: what only a conversion made wide has not moved. Once so, until within a
     * quarter of it: a dead source that others merely cross is still dead.
     */
    private static boolean moved(BigDecimal first, Witness witness, Families others, boolean before) {
        var band = band(witness, others);
        var allowed = before ? band.multiply(BACK) : band;
        var around = others.halves();
        var least = witness.low().divide(around.high().orElseThrow(), MathContext.DECIMAL128);
        var most = witness.high().divide(around.low(), MathContext.DECIMAL128);
        return Medians.distance(least, first).compareTo(allowed) > 0
                || Medians.distance(most, first).compareTo(allowed.negate()) < 0;
    }

    private static BigDecimal band(Witness witness, Families others) {
        return witness.feed().band().asRatio().max(others.band());
    }
}
