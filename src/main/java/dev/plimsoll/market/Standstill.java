package dev.plimsoll.market;

import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which sources without a time of their own are stale: those whose value stands still while the others move
 * beyond their band. Remembers from tick to tick where a value was first seen; not thread-safe.
 */
final class Standstill {
    private final Map<Place, Mark> marks = new HashMap<>();

    private record Place(String source, Asset asset) {}

    /**
     * @param value    as the source gives it
     * @param relation its price in US dollars over the median of the others when the value was first seen beside others
     */
    private record Mark(BigDecimal value, Optional<BigDecimal> relation) {
        boolean isOf(BigDecimal other) {
            return value.compareTo(other) == 0;
        }
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
        marks.put(place, new Mark(value, first));
        return relation.isPresent() && moved(first.orElseThrow(), relation.orElseThrow(), band(witness, others));
    }

    private static boolean moved(BigDecimal first, BigDecimal now, BigDecimal band) {
        return Medians.distance(now, first).abs().compareTo(band) > 0;
    }

    private static BigDecimal band(Witness witness, Families others) {
        return witness.feed().band().asRatio().max(others.band());
    }
}
