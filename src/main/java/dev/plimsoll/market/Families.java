package dev.plimsoll.market;

import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Independent families of sources, each counted once, in the order of their names. */
record Families(List<Family> all) {

    /** Of those witnesses that count. */
    static Families of(Collection<Witness> witnesses) {
        return new Families(witnesses.stream()
                .filter(Witness::isUsed)
                .collect(Collectors.groupingBy(Witness::family, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(family -> Family.of(family.getKey(), family.getValue()))
                .toList());
    }

    /** Every source as if it were a family, to compare those of one family with each other. */
    static Families each(Collection<Witness> members) {
        return new Families(members.stream()
                .map(member -> Family.of(member.feed().source(), List.of(member)))
                .toList());
    }

    int size() {
        return all.size();
    }

    Families without(String name) {
        return new Families(
                all.stream().filter(family -> !family.name().equals(name)).toList());
    }

    /** The median of their middles; empty when there is none. */
    Optional<BigDecimal> centre() {
        return all.isEmpty() ? Optional.empty() : Optional.of(median(Family::mid));
    }

    /** How far apart they are for noise, as a plain ratio of their centre. */
    BigDecimal noise() {
        var middles = all.stream().map(Family::mid).toList();
        return Medians.deviation(middles).divide(Medians.median(middles), MathContext.DECIMAL64);
    }

    /** The median of their bands, as a plain ratio; zero when there is none. */
    BigDecimal band() {
        return all.isEmpty() ? BigDecimal.ZERO : median(Family::band);
    }

    Duration age() {
        return Duration.ofNanos(
                median(family -> BigDecimal.valueOf(family.age().toNanos())).longValue());
    }

    /**
     * The median of their middles where most are points; else from the median of the lower ends to the median of the
     * upper ends. Neither leaves what the others say, whatever one of them says.
     */
    PriceRange middle() {
        if (median(Family::width).signum() == 0) {
            var point = median(Family::mid);
            return PriceRange.between(point, point);
        }
        return ends();
    }

    /** From the median of the lower ends to the median of the upper ends. */
    PriceRange ends() {
        return PriceRange.between(median(Family::low), median(Family::high));
    }

    /** Where at least half of them lie at or beyond either end: of two, from the one to the other. */
    PriceRange halves() {
        return PriceRange.between(
                Medians.lower(all.stream().map(Family::low).toList()),
                Medians.upper(all.stream().map(Family::high).toList()));
    }

    /** From the lowest to the highest. */
    PriceRange spread() {
        return PriceRange.between(
                all.stream().map(Family::floor).reduce(BigDecimal::min).orElseThrow(),
                all.stream().map(Family::roof).reduce(BigDecimal::max).orElseThrow());
    }

    boolean arePoints() {
        return all.stream().allMatch(Family::isPoint);
    }

    private BigDecimal median(Function<Family, BigDecimal> number) {
        return Medians.median(all.stream().map(number).toList());
    }
}
