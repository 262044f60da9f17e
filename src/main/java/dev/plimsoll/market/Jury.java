package dev.plimsoll.market;

import dev.plimsoll.market.Consensus.Agreed;
import dev.plimsoll.market.Consensus.Diverged;
import dev.plimsoll.market.Consensus.NoQuorum;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.unit.AssetInfo.Anchor;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Finds what the witnesses of one asset agree on.
 *
 * <p>With four families or more, one that is too far from the median of the others is an outlier and does not count;
 * never so many that no majority is left. The rest <em>agree</em> when each is no farther from the median of the others
 * than its own band and theirs (the median of theirs) together, plus what the price may have moved in the difference of
 * their ages. With two or three families there is no outlier and no allowance for age, and a range counts by its
 * farthest end: what one of them says then neither fires nor resolves anything, because the range covers the others.
 */
final class Jury {
    private final Quorum quorum;
    private final Drift drift;
    private final Outliers outliers;

    Jury(Tolerance tolerance) {
        this.quorum = tolerance.quorum();
        this.drift = tolerance.drift();
        this.outliers = new Outliers(quorum, drift);
    }

    Consensus consensus(Hearing hearing, List<Witness> heard) {
        var witnesses = outliers.setAside(hearing, heard);
        var families = Families.of(witnesses);
        if (families.size() >= quorum.families()) {
            return agreement(hearing, witnesses, families);
        }
        var few = families.size() + " of " + quorum.families() + " price families";
        return hearing.info()
                .anchor()
                .filter(anchor -> families.size() > 0)
                .map(anchor -> anchored(hearing, anchor, witnesses, families, few))
                .orElseGet(() -> new NoQuorum(hearing.asset(), few, voices(witnesses, families)));
    }

    private Consensus agreement(Hearing hearing, List<Witness> witnesses, Families families) {
        var voices = voices(witnesses, families);
        var divergence = Voice.farthest(voices);
        if (!families.all().stream().allMatch(family -> agrees(hearing, family, families))) {
            return new Diverged(hearing.asset(), families.spread(), families.size(), divergence, voices);
        }
        var believed = isMany(families) || families.arePoints() ? families.middle() : families.spread();
        return new Agreed(hearing.asset(), believed, families.size(), divergence, voices);
    }

    private boolean agrees(Hearing hearing, Family family, Families families) {
        var others = families.without(family.name());
        var centre = others.centre().orElseThrow();
        var bands = family.band().add(others.band());
        if (!isMany(families)) {
            return family.farthest(centre).compareTo(bands) <= 0;
        }
        var apart = hearing.drift(drift, family.age().minus(others.age()).abs());
        return family.nearest(centre).compareTo(bands.add(apart)) <= 0;
    }

    private boolean isMany(Families families) {
        return families.size() >= quorum.forOutliers();
    }

    private static Consensus anchored(
            Hearing hearing, Anchor anchor, List<Witness> witnesses, Families families, String few) {
        var worth = Anchors.worth(hearing, anchor);
        if (!worth.isBounded()) {
            var why = few + ", and no price of " + anchor.asset().orElseThrow() + ", its anchor";
            return new NoQuorum(hearing.asset(), why, voices(witnesses, families));
        }
        return Anchors.held(hearing, anchor.band().asRatio(), worth, witnesses, families);
    }

    private static List<Voice> voices(List<Witness> witnesses, Families families) {
        return witnesses.stream()
                .map(witness -> witness.voice(others(witness, witnesses, families)))
                .toList();
    }

    /** Of the other families; where there is none, of the other sources of its own. */
    private static Optional<BigDecimal> others(Witness witness, List<Witness> witnesses, Families families) {
        return families.without(witness.family())
                .centre()
                .or(() -> Families.each(witnesses.stream()
                                .filter(other -> other.isUsed() && other != witness)
                                .toList())
                        .centre());
    }
}
