package dev.plimsoll.risk.venue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Maintenance margin of one Hyperliquid market: half of the initial margin at the greatest leverage of the tier, less a
 * deduction that keeps it continuous where tiers meet. In USDC, at the mark price.
 *
 * @see <a href="https://hyperliquid.gitbook.io/hyperliquid-docs/trading/margin-tiers">Hyperliquid, margin tiers</a>
 */
public record MarginTiers(List<Tier> tiers) {
    static final MathContext WORK = MathContext.DECIMAL128;

    /** @param lowerBound of the notional; the first tier begins at zero */
    public record Tier(BigDecimal lowerBound, int maxLeverage) {

        BigDecimal rate() {
            return BigDecimal.ONE.divide(BigDecimal.valueOf(2L * maxLeverage), WORK);
        }
    }

    public MarginTiers {
        tiers = List.copyOf(tiers);
        if (tiers.isEmpty() || tiers.getFirst().lowerBound().signum() != 0) {
            throw new IllegalArgumentException("margin tiers begin at a notional of zero, were " + tiers);
        }
    }

    public static MarginTiers single(int maxLeverage) {
        return new MarginTiers(List.of(new Tier(BigDecimal.ZERO, maxLeverage)));
    }

    public BigDecimal maintenance(BigDecimal notional) {
        var band = bands().stream()
                .filter(one -> notional.compareTo(one.tier().lowerBound()) >= 0)
                .reduce((lower, higher) -> higher)
                .orElseThrow();
        return notional.multiply(band.tier().rate(), WORK).subtract(band.deduction());
    }

    public BigDecimal deduction(BigDecimal notional) {
        return bands().stream()
                .filter(one -> notional.compareTo(one.tier().lowerBound()) >= 0)
                .reduce((lower, higher) -> higher)
                .orElseThrow()
                .deduction();
    }

    /** @param deduction the sum, over this tier and those below, of lower bound × (rate − rate of the tier before) */
    record Band(Tier tier, BigDecimal deduction) {}

    List<Band> bands() {
        var bands = new ArrayList<Band>();
        var deduction = BigDecimal.ZERO;
        var before = tiers.getFirst().rate();
        for (var tier : tiers) {
            deduction = deduction.add(tier.lowerBound().multiply(tier.rate().subtract(before), WORK));
            before = tier.rate();
            bands.add(new Band(tier, deduction));
        }
        return bands;
    }
}
