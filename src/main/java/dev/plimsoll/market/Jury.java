package dev.plimsoll.market;

import dev.plimsoll.market.Consensus.Agreed;
import dev.plimsoll.market.Consensus.Diverged;
import dev.plimsoll.market.Consensus.NoQuorum;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo;
import dev.plimsoll.unit.AssetInfo.Anchor;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
    static final int QUORUM = 2;
    private static final int ENOUGH_FOR_OUTLIERS = 4;
    private static final BigDecimal OUTLYING = BigDecimal.valueOf(3);

    private static final PriceRange DOLLAR = PriceRange.between(BigDecimal.ONE, BigDecimal.ONE);

    private final Tolerance tolerance;

    Jury(Tolerance tolerance) {
        this.tolerance = tolerance;
    }

    /** @param priced what this tick has priced before this asset */
    Consensus consensus(AssetInfo info, List<Witness> heard, Map<Asset, Consensus> priced) {
        var witnesses = withoutOutliers(info, heard);
        var families = Families.of(witnesses);
        if (families.size() >= QUORUM) {
            return agreement(info, witnesses, families);
        }
        if (families.size() == 1 && info.anchor().isPresent()) {
            return anchored(info.asset(), info.anchor().orElseThrow(), witnesses, families, priced);
        }
        return noQuorum(info.asset(), families.size() + " of " + QUORUM + " price families", witnesses);
    }

    private List<Witness> withoutOutliers(AssetInfo info, List<Witness> heard) {
        var families = Families.of(heard);
        if (families.size() < ENOUGH_FOR_OUTLIERS) {
            return heard;
        }
        var outliers = families.all().stream()
                .filter(family -> isOutlier(info, family, families.without(family.name())))
                .map(Family::name)
                .collect(Collectors.toSet());
        return outliers.size() * 2 >= families.size() ? heard : without(outliers, heard);
    }

    private static List<Witness> without(Set<String> outliers, List<Witness> heard) {
        return heard.stream()
                .map(witness ->
                        witness.isUsed() && outliers.contains(witness.family()) ? witness.unused("outlier") : witness)
                .toList();
    }

    private boolean isOutlier(AssetInfo info, Family family, Families others) {
        var older = family.age().minus(others.age());
        var drift = older.isNegative() ? BigDecimal.ZERO : tolerance.drift(info.volatility(), older);
        var limit = others.noise().max(family.band()).max(drift).multiply(OUTLYING);
        return family.nearest(others.centre().orElseThrow()).compareTo(limit) > 0;
    }

    private Consensus agreement(AssetInfo info, List<Witness> witnesses, Families families) {
        var voices = voices(witnesses, families);
        var divergence = divergence(voices);
        if (!families.all().stream().allMatch(family -> agrees(info, family, families))) {
            return new Diverged(info.asset(), families.spread(), families.size(), divergence, voices);
        }
        var believed =
                families.size() >= ENOUGH_FOR_OUTLIERS || families.arePoints() ? families.middle() : families.spread();
        return new Agreed(info.asset(), believed, families.size(), divergence, voices);
    }

    private boolean agrees(AssetInfo info, Family family, Families families) {
        var others = families.without(family.name());
        var centre = others.centre().orElseThrow();
        var bands = family.band().add(others.band());
        if (families.size() < ENOUGH_FOR_OUTLIERS) {
            return family.farthest(centre).compareTo(bands) <= 0;
        }
        var drift = tolerance.drift(
                info.volatility(), family.age().minus(others.age()).abs());
        return family.nearest(centre).compareTo(bands.add(drift)) <= 0;
    }

    private static Consensus anchored(
            Asset asset, Anchor anchor, List<Witness> witnesses, Families one, Map<Asset, Consensus> priced) {
        var worth = worth(anchor, priced);
        if (!worth.isBounded()) {
            var why = "1 of " + QUORUM + " price families, and no price of "
                    + anchor.asset().orElseThrow() + ", its anchor";
            return noQuorum(asset, why, witnesses);
        }
        var quoted = one.spread();
        var centre = Medians.mean(worth.low(), worth.high().orElseThrow());
        var voices = witnesses.stream()
                .map(witness -> witness.voice(Optional.of(centre)))
                .toList();
        return isWithin(quoted, worth, anchor.band().asRatio())
                ? new Agreed(asset, quoted, 1, divergence(voices), voices)
                : new Diverged(asset, hull(quoted, worth), 1, divergence(voices), voices);
    }

    private static PriceRange worth(Anchor anchor, Map<Asset, Consensus> priced) {
        var unit = anchor.asset().map(asset -> believed(asset, priced)).orElse(DOLLAR);
        return unit.isBounded() ? Screening.product(PriceRange.between(anchor.rate(), anchor.rate()), unit) : unit;
    }

    private static PriceRange believed(Asset asset, Map<Asset, Consensus> priced) {
        return Optional.ofNullable(priced.get(asset)).map(Consensus::range).orElse(PriceRange.ANYTHING);
    }

    private static boolean isWithin(PriceRange quoted, PriceRange worth, BigDecimal band) {
        var lowest = worth.low().multiply(BigDecimal.ONE.subtract(band));
        var highest = worth.high().orElseThrow().multiply(BigDecimal.ONE.add(band));
        return quoted.low().compareTo(lowest) >= 0
                && quoted.high().orElseThrow().compareTo(highest) <= 0;
    }

    private static PriceRange hull(PriceRange one, PriceRange other) {
        return PriceRange.between(
                one.low().min(other.low()),
                one.high().orElseThrow().max(other.high().orElseThrow()));
    }

    private static Consensus noQuorum(Asset asset, String why, List<Witness> witnesses) {
        return new NoQuorum(asset, why, voices(witnesses, Families.of(witnesses)));
    }

    private static List<Voice> voices(List<Witness> witnesses, Families families) {
        return witnesses.stream()
                .map(witness -> witness.voice(families.without(witness.family()).centre()))
                .toList();
    }

    /** Of the farthest that is fresh, whether it counts or is an outlier. */
    private static BigDecimal divergence(List<Voice> voices) {
        return voices.stream()
                .filter(voice -> voice.used() || voice.unused().equals(Optional.of("outlier")))
                .flatMap(voice -> voice.divergenceBps().stream())
                .map(BigDecimal::abs)
                .reduce(BigDecimal.ZERO, BigDecimal::max);
    }
}
