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
 * beyond their band. Serves one tick, and notes for the next where a value was first seen; not thread-safe.
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
        var still = relation.map(now -> moved(first.orElseThrow(), now, band(witness, others), wasStill))
                .orElse(wasStill);
        marks.put(place, new Mark(value, first, still));
        return still;
    }

    /** Beyond the band; once so, until within a quarter of it: a dead source that others merely cross is still dead. */
    private static boolean moved(BigDecimal first, BigDecimal now, BigDecimal band, boolean before) {
        var allowed = before ? band.multiply(BACK) : band;
        return Medians.distance(now, first).abs().compareTo(allowed) > 0;
    }

    private static BigDecimal band(Witness witness, Families others) {
        return witness.feed().band().asRatio().max(others.band());
    }
}
