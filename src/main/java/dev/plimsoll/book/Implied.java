package dev.plimsoll.book;

import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Margin;
import dev.plimsoll.risk.Terms;
import dev.plimsoll.rule.Evaluation;
import dev.plimsoll.rule.Reading;
import dev.plimsoll.rule.Threshold;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/**
 * What the health factor, which is all that the columns know, implies of another figure of a loan at a limit of that.
 *
 * <p>Loan-to-value and collateral ratio are the health factor under, or over, a mean of the liquidation thresholds; the
 * health factor that lasts for a time is e to the rate times that time, of some mean of the rates owed less the earned. With one threshold, or
 * rate, it says all; with several as much as their lowest and highest allow.
 *
 * @param clear    from this health factor on the figure is certainly clear of the limit
 * @param breached below this one it certainly is not
 */
record Implied(DoubleUnaryOperator clear, DoubleUnaryOperator breached) {
    private static final double SECONDS_A_YEAR = 365.0 * 24 * 60 * 60;
    private static final double MINUTE = 60;
    private static final Implied NOTHING = new Implied(limit -> 0, limit -> Double.POSITIVE_INFINITY);

    static Implied loanToValue(Terms terms) {
        return switch (terms) {
            case Loan loan -> {
                var weights = weights(loan);
                yield weights.getCount() == 0
                        ? NOTHING
                        : new Implied(limit -> weights.getMax() / limit, limit -> weights.getMin() / limit);
            }
            case Margin ignored -> NOTHING;
        };
    }

    static Implied collateralRatio(Terms terms) {
        return switch (terms) {
            case Loan loan -> {
                var weights = weights(loan);
                yield weights.getCount() == 0
                        ? NOTHING
                        : new Implied(limit -> weights.getMax() * limit, limit -> weights.getMin() * limit);
            }
            case Margin ignored -> NOTHING;
        };
    }

    /** Limits are in seconds; what is compared with them is a whole number of minutes, rounded down. */
    static Implied timeToLiquidation(Terms terms) {
        return switch (terms) {
            case Loan loan -> {
                var owed = rates(loan.debt(), Loan.Debt::annualRate);
                var earned = rates(loan.collateral(), Loan.Collateral::annualRate);
                yield owed.getMax() > 0 && earned.getCount() > 0
                        ? new Implied(
                                limit -> grown(Math.max(0, owed.getMax() - earned.getMin()), limit),
                                limit -> grown(owed.getMin() - earned.getMax(), limit))
                        : NOTHING;
            }
            case Margin ignored -> NOTHING;
        };
    }

    private static DoubleSummaryStatistics weights(Loan loan) {
        return loan.collateral().stream()
                .mapToDouble(leg -> leg.threshold().weight().doubleValue())
                .summaryStatistics();
    }

    private static <T> DoubleSummaryStatistics rates(Collection<T> legs, Function<T, Optional<BigDecimal>> rate) {
        return legs.stream()
                .mapToDouble(leg -> rate.apply(leg).orElse(BigDecimal.ZERO).doubleValue())
                .summaryStatistics();
    }

    private static double grown(double annualRate, double seconds) {
        return Math.exp(annualRate * Math.ceil(seconds / MINUTE) * MINUTE / SECONDS_A_YEAR);
    }

    /** Where what both sides of the hysteresis say of this reading stays as it is. */
    void around(Threshold threshold, Reading reading, Edges edges) {
        around(threshold.limit(), threshold.toFire(reading), edges);
        around(threshold.clear(), threshold.toClear(reading), edges);
    }

    private void around(BigDecimal limit, Evaluation evaluation, Edges edges) {
        switch (evaluation) {
            case Evaluation.Clear() -> edges.above(clear.applyAsDouble(limit.doubleValue()));
            case Evaluation.Breached() -> edges.below(breached.applyAsDouble(limit.doubleValue()));
            case Evaluation.Unknown ignored -> edges.across();
        }
    }
}
