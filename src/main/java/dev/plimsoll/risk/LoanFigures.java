package dev.plimsoll.risk;

import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What only a loan has, at the dangerous end of each price.
 *
 * @param target     the health factor that advice aims at and withdrawals keep
 * @param collateral in US dollars
 * @param debt       in US dollars
 */
record LoanFigures(
        Loan loan,
        List<Exposure> exposures,
        AssetRegistry assets,
        BigDecimal target,
        BigDecimal collateral,
        BigDecimal debt)
        implements TermsFigures {

    static LoanFigures of(Loan loan, List<Exposure> exposures, AssetRegistry assets, BigDecimal target) {
        return new LoanFigures(
                loan,
                exposures,
                assets,
                target,
                Figures.sum(exposures, Exposure::collateral),
                Figures.sum(exposures, Exposure::debt));
    }

    @Override
    public BigDecimal equity() {
        return collateral.subtract(debt);
    }

    @Override
    public Optional<BigDecimal> leverage() {
        return equity().signum() > 0 ? Figures.quotient(collateral, equity()) : Optional.empty();
    }

    @Override
    public Advice.Loss loss() {
        return Advisor.loss(loan, debt);
    }

    @Override
    public Advice advice() {
        return new Advisor(loan, exposures, assets).advise(target);
    }

    @Override
    public Optional<BigDecimal> loanToValue() {
        return Figures.quotient(debt, collateral);
    }

    @Override
    public Optional<BigDecimal> collateralRatio() {
        return Figures.quotient(collateral, debt);
    }

    @Override
    public RatioRange loanToValues() {
        return RatioRange.of(exposures, Exposure::upsideDown);
    }

    @Override
    public RatioRange collateralRatios() {
        return RatioRange.of(exposures, Exposure::unweighted);
    }

    @Override
    public Optional<BigDecimal> maxBorrow() {
        return Limits.of(loan, exposures).maxBorrow();
    }

    @Override
    public List<Withdrawable> withdrawable() {
        return Limits.of(loan, exposures).withdrawable(target, assets);
    }

    @Override
    public List<RelativePrice> relativePrices() {
        return new Liquidations(exposures, assets).relativePrices();
    }

    @Override
    public Optional<Duration> timeToLiquidation() {
        return Countdown.of(loan, exposures).remaining();
    }

    @Override
    public Optional<Duration> latestTimeToLiquidation() {
        return Exposure.atSafeEnds(exposures)
                .flatMap(safest -> Countdown.of(loan, safest).remaining());
    }

    @Override
    public List<LiquidationPrice> pricesAtLoanToValue(BigDecimal ratio) {
        return new Reaches(exposures, assets).loanToValue(ratio);
    }

    @Override
    public List<LiquidationPrice> pricesAtCollateralRatio(BigDecimal ratio) {
        return new Reaches(exposures, assets).collateralRatio(ratio);
    }

    @Override
    public List<LiquidationPrice> pricesAtTimeToLiquidation(Duration time) {
        return new Reaches(exposures, assets).timeToLiquidation(loan, time);
    }
}
