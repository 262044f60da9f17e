package dev.plimsoll.risk;

import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The figures of {@link Health} that are one thing for a loan and another, or nothing, for perpetual contracts. */
sealed interface TermsFigures permits LoanFigures, MarginFigures {

    /**
     * @param lowest health factor
     * @param target the health factor that advice aims at
     */
    static TermsFigures of(
            Terms terms, List<Exposure> exposures, HealthFactor lowest, AssetRegistry assets, BigDecimal target) {
        return switch (terms) {
            case Loan loan -> LoanFigures.of(loan, exposures, assets, target);
            case Margin margin -> new MarginFigures(margin, exposures, lowest, assets, target);
        };
    }

    BigDecimal equity();

    Optional<BigDecimal> leverage();

    Advice.Loss loss();

    Advice advice();

    default Optional<BigDecimal> loanToValue() {
        return Optional.empty();
    }

    default Optional<BigDecimal> collateralRatio() {
        return Optional.empty();
    }

    default RatioRange loanToValues() {
        return RatioRange.ZERO;
    }

    default RatioRange collateralRatios() {
        return RatioRange.INFINITE;
    }

    default Optional<BigDecimal> maxBorrow() {
        return Optional.empty();
    }

    default List<Withdrawable> withdrawable() {
        return List.of();
    }

    default List<RelativePrice> relativePrices() {
        return List.of();
    }

    default Optional<Duration> timeToLiquidation() {
        return Optional.empty();
    }

    default Optional<Duration> latestTimeToLiquidation() {
        return Optional.empty();
    }

    default List<LiquidationPrice> pricesAtLoanToValue(BigDecimal ratio) {
        return List.of();
    }

    default List<LiquidationPrice> pricesAtCollateralRatio(BigDecimal ratio) {
        return List.of();
    }

    default List<LiquidationPrice> pricesAtTimeToLiquidation(Duration time) {
        return List.of();
    }
}
