package dev.plimsoll.book;

import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Margin;
import dev.plimsoll.risk.Terms;
import dev.plimsoll.rule.Threshold;
import java.math.BigDecimal;

/**
 * What the health factor, which is all the columns know, says of loan-to-value and collateral ratio: each of these is the
 * health factor over, or under, a mean of the liquidation thresholds. With one threshold it says all, with several as much
 * as their lowest and highest allow.
 *
 * @param lowest  liquidation threshold of the loan's collateral, as a plain ratio; infinite when there is none
 * @param highest zero when there is none
 */
record Ratios(double lowest, double highest) {
    private static final Ratios NONE = new Ratios(Double.POSITIVE_INFINITY, 0);

    static Ratios of(Terms terms) {
        return switch (terms) {
            case Loan loan -> of(loan);
            case Margin ignored -> NONE;
        };
    }

    private static Ratios of(Loan loan) {
        var weights = loan.collateral().stream()
                .mapToDouble(leg -> leg.threshold().weight().doubleValue())
                .summaryStatistics();
        return weights.getCount() == 0 ? NONE : new Ratios(weights.getMin(), weights.getMax());
    }

    void loanToValue(Threshold threshold, Health health, Edges edges) {
        loanToValue(threshold.limit(), health, edges);
        loanToValue(threshold.clear(), health, edges);
    }

    private void loanToValue(BigDecimal edge, Health health, Edges edges) {
        var range = health.loanToValues();
        if (range.high().filter(high -> high.compareTo(edge) <= 0).isPresent()) {
            edges.above(highest / edge.doubleValue());
        } else if (range.low().filter(low -> low.compareTo(edge) <= 0).isEmpty()) {
            edges.below(lowest / edge.doubleValue());
        } else {
            edges.across();
        }
    }

    void collateralRatio(Threshold threshold, Health health, Edges edges) {
        collateralRatio(threshold.limit(), health, edges);
        collateralRatio(threshold.clear(), health, edges);
    }

    private void collateralRatio(BigDecimal edge, Health health, Edges edges) {
        var range = health.collateralRatios();
        if (range.low().filter(low -> low.compareTo(edge) < 0).isEmpty()) {
            edges.above(highest * edge.doubleValue());
        } else if (range.high().filter(high -> high.compareTo(edge) < 0).isPresent()) {
            edges.below(lowest * edge.doubleValue());
        } else {
            edges.across();
        }
    }
}
