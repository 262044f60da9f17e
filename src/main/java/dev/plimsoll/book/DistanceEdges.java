package dev.plimsoll.book;

import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Margin;
import dev.plimsoll.risk.Margin.Side;
import dev.plimsoll.risk.Terms;
import dev.plimsoll.rule.Threshold;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What the health factor H, which is all the columns know, says of the distance d to liquidation.
 *
 * <p>Of a loan d = 1 − 1/H where no asset is both collateral and debt, and d is that or more elsewhere; it is zero below 1.
 *
 * <p>Of contracts that require the share r of their notional d = (H − 1) × r / (1 − r) when all are long, and r / (1 + r)
 * in its place when all are short. With both, what is left is (H − 1) × r × notional, and d that over the larger side's
 * weight, which lies between (1 − r) / 2 and 1 + r of the notional.
 */
final class DistanceEdges {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private DistanceEdges() {}

    /** Of one asset's moves when it is named. */
    static void around(Threshold threshold, Optional<Asset> asset, Health health, Edges edges) {
        if (asset.isPresent()) {
            alone(threshold.limit(), asset.get(), health, edges);
            alone(threshold.clear(), asset.get(), health, edges);
        } else {
            together(threshold.limit(), health, edges);
            together(threshold.clear(), health, edges);
        }
    }

    /** The distance with everything moving together: zero below a health factor of 1. */
    static void together(BigDecimal percent, Health health, Edges edges) {
        var distance = health.distance();
        if (percent.signum() <= 0) {
            return;
        }
        if (distance.low().compareTo(percent) >= 0) {
            edges.above(far(percent, health.terms()));
        } else if (distance.high().filter(high -> high.compareTo(percent) < 0).isPresent()) {
            edges.below(near(percent, health.terms()));
        } else {
            edges.across();
        }
    }

    /**
     * By the moves of one asset liquidation is never nearer than by all together: so much says the health factor, and no
     * more. Empty when the asset alone can never do it.
     */
    private static void alone(BigDecimal percent, Asset asset, Health health, Edges edges) {
        if (health.distance(asset).filter(d -> d.low().compareTo(percent) < 0).isEmpty()) {
            edges.above(far(percent, health.terms()));
        } else {
            edges.across();
        }
    }

    /** From this health factor on liquidation is so many percent away, or more. */
    private static double far(BigDecimal percent, Terms terms) {
        return switch (terms) {
            case Loan ignored -> factorAt(percent);
            case Margin margin ->
                percent.compareTo(HUNDRED) > 0 && !isAll(Side.SHORT, margin)
                        ? Double.POSITIVE_INFINITY
                        : factorAt(percent, weight(margin, isAll(Side.LONG, margin) ? -1 : 1));
        };
    }

    /** Below this health factor it is nearer than so many percent. */
    private static double near(BigDecimal percent, Terms terms) {
        return switch (terms) {
            case Loan loan -> isOneSided(loan) ? factorAt(percent) : 1;
            case Margin margin -> near(percent, margin);
        };
    }

    private static double near(BigDecimal percent, Margin margin) {
        if (isAll(Side.SHORT, margin)) {
            return factorAt(percent, weight(margin, 1));
        }
        if (isAll(Side.LONG, margin)) {
            return factorAt(percent, weight(margin, -1));
        }
        var hedged = margin.assets().size() < margin.legs().size();
        return hedged || percent.compareTo(HUNDRED) > 0 ? 1 : factorAt(percent, weight(margin, -1) / 2);
    }

    /** The health factor of a loan at which liquidation is so many percent away; infinite from 100 on. */
    private static double factorAt(BigDecimal percent) {
        return percent.compareTo(HUNDRED) >= 0
                ? Double.POSITIVE_INFINITY
                : 100 / HUNDRED.subtract(percent).doubleValue();
    }

    /** @param weight of what moves, in parts of what equity must cover */
    private static double factorAt(BigDecimal percent, double weight) {
        return 1 + percent.doubleValue() / 100 * weight;
    }

    private static double weight(Margin margin, int sign) {
        var rate = margin.requiredRate().doubleValue();
        return (1 + sign * rate) / rate;
    }

    private static boolean isAll(Side side, Margin margin) {
        return margin.legs().stream().allMatch(leg -> leg.side() == side);
    }

    private static boolean isOneSided(Loan loan) {
        return loan.collateral().size() + loan.debt().size() == loan.assets().size();
    }
}
