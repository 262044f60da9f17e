package dev.plimsoll.market;

import dev.plimsoll.market.Consensus.Agreed;
import dev.plimsoll.market.Consensus.Diverged;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.unit.AssetInfo.Anchor;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Holds an asset of which too few families speak against what it should be worth. */
final class Anchors {
    private static final PriceRange DOLLAR = PriceRange.between(BigDecimal.ONE, BigDecimal.ONE);

    private Anchors() {}

    /** What the asset should be worth; (0, ∞) where its anchor has no price. */
    static PriceRange worth(Hearing hearing, Anchor anchor) {
        var rate = hearing.past().rate(hearing.asset(), anchor);
        var unit = anchor.asset().map(hearing::price).orElse(DOLLAR);
        return unit.isBounded() ? Screening.product(PriceRange.between(rate, rate), unit) : unit;
    }

    /**
     * The quotes where they lie within the anchor's band around that worth, whichever end of it is right; else everything
     * from one to the other.
     *
     * @param worth bounded
     */
    static Consensus held(
            Hearing hearing, BigDecimal band, PriceRange worth, List<Witness> witnesses, Families families) {
        var centre = Medians.mean(worth.low(), worth.high().orElseThrow());
        var voices = witnesses.stream()
                .map(witness -> witness.voice(Optional.of(centre)))
                .toList();
        var quoted = families.spread();
        var divergence = Voice.farthest(voices);
        return isWithin(quoted, worth, band)
                ? new Agreed(hearing.asset(), quoted, families.size(), divergence, voices)
                : new Diverged(hearing.asset(), hull(quoted, worth), families.size(), divergence, voices);
    }

    private static boolean isWithin(PriceRange quoted, PriceRange worth, BigDecimal band) {
        var lowest = worth.high().orElseThrow().multiply(BigDecimal.ONE.subtract(band));
        var highest = worth.low().multiply(BigDecimal.ONE.add(band));
        return quoted.low().compareTo(lowest) >= 0
                && quoted.high().orElseThrow().compareTo(highest) <= 0;
    }

    private static PriceRange hull(PriceRange one, PriceRange other) {
        return PriceRange.between(
                one.low().min(other.low()),
                one.high().orElseThrow().max(other.high().orElseThrow()));
    }
}
