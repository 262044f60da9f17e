package dev.plimsoll.market;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sets aside what is too far from the median of the others: among four families or more, and within one family among its
 * sources from three on, which are no independent witnesses but tell which of them is broken. Never so many that no
 * majority is left.
 */
final class Outliers {
    static final String OUTLIER = "outlier";
    static final String OUTLIER_IN_FAMILY = "outlier in its family";

    private static final int ENOUGH_OF_A_FAMILY = 3;

    private final Quorum quorum;
    private final Drift drift;

    Outliers(Quorum quorum, Drift drift) {
        this.quorum = quorum;
        this.drift = drift;
    }

    List<Witness> setAside(Hearing hearing, List<Witness> heard) {
        var inFamilies = used(heard).stream().collect(Collectors.groupingBy(Witness::family)).values().stream()
                .filter(members -> members.size() >= ENOUGH_OF_A_FAMILY)
                .flatMap(members -> names(hearing, Families.each(members)).stream())
                .collect(Collectors.toSet());
        var sound = without(inFamilies, witness -> witness.feed().source(), OUTLIER_IN_FAMILY, heard);
        var families = Families.of(sound);
        return families.size() < quorum.forOutliers()
                ? sound
                : without(names(hearing, families), Witness::family, OUTLIER, sound);
    }

    private static List<Witness> used(Collection<Witness> heard) {
        return heard.stream().filter(Witness::isUsed).toList();
    }

    private static List<Witness> without(
            Set<String> names, Function<Witness, String> name, String why, List<Witness> heard) {
        return heard.stream()
                .map(witness -> witness.isUsed() && names.contains(name.apply(witness)) ? witness.unused(why) : witness)
                .toList();
    }

    private Set<String> names(Hearing hearing, Families families) {
        var outliers = families.all().stream()
                .filter(family -> isOutlier(hearing, family, families.without(family.name())))
                .map(Family::name)
                .collect(Collectors.toSet());
        return outliers.size() * 2 >= families.size() ? Set.of() : outliers;
    }

    private boolean isOutlier(Hearing hearing, Family family, Families others) {
        var apart = hearing.drift(drift, family.age().minus(others.age()).abs());
        var limit = others.noise().max(family.band()).max(apart).multiply(quorum.outlierFactor());
        return family.nearest(others.centre().orElseThrow()).compareTo(limit) > 0;
    }

    static boolean isOutlier(String unused) {
        return unused.equals(OUTLIER) || unused.equals(OUTLIER_IN_FAMILY);
    }
}
