package dev.plimsoll.risk;

import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What to repay or add so that the target is reached whatever the sources disagree about, each way alone.
 *
 * <p>Missing is target × debt − weighted, in US dollars, with every price at the end where that is largest. Where an
 * asset is on both sides its relief is counted at its lowest price, so that it suffices at any.
 */
final class Advisor {
    private final Loan loan;
    private final List<Exposure> exposures;
    private final AssetRegistry assets;

    Advisor(Loan loan, List<Exposure> exposures, AssetRegistry assets) {
        this.loan = loan;
        this.exposures = exposures;
        this.assets = assets;
    }

    Advice advise(BigDecimal target) {
        var missing = missing(exposures, target);
        var options = missing.filter(usd -> usd.signum() > 0).stream()
                .flatMap(usd -> Stream.concat(repayments(usd, target), additions(usd)))
                .toList();
        return new Advice(target, options, loss(loan, Figures.sum(exposures, Exposure::debt)));
    }

    static Advice.Loss loss(Loan loan, BigDecimal debtValue) {
        var bonus = bonus(loan);
        var closed = debtValue.multiply(loan.closeFactor().orElse(BigDecimal.ONE), Precision.WORK);
        return new Advice.Loss(closed.multiply(bonus, Precision.WORK), bonus, isBonusAssumed(loan), loan.closeFactor());
    }

    /** The highest of the collaterals'; where one does not say it, at least what is assumed then. */
    static BigDecimal bonus(Loan loan) {
        return Stream.concat(
                        loan.collateral().stream().flatMap(leg -> leg.liquidationBonus().stream()),
                        isBonusAssumed(loan) ? Stream.of(Advice.Loss.ASSUMED_BONUS) : Stream.empty())
                .max(BigDecimal::compareTo)
                .orElseThrow();
    }

    private static boolean isBonusAssumed(Loan loan) {
        return loan.collateral().isEmpty()
                || loan.collateral().stream()
                        .anyMatch(leg -> leg.liquidationBonus().isEmpty());
    }

    /** In US dollars of threshold-weighted collateral, or of equity; empty when a debt may cost anything. */
    static Optional<BigDecimal> missing(List<Exposure> exposures, BigDecimal target) {
        var missing = BigDecimal.ZERO;
        for (var exposure : exposures) {
            var owed = target.multiply(exposure.debt(), Precision.WORK).subtract(exposure.weighted(), Precision.WORK);
            if (owed.signum() > 0 && exposure.price().high().isEmpty()) {
                return Optional.empty();
            }
            var price = owed.signum() > 0
                    ? exposure.price().high().orElseThrow()
                    : exposure.price().low();
            missing = missing.add(owed.multiply(price, Precision.WORK), Precision.WORK);
        }
        return Optional.of(missing);
    }

    private Stream<Advice.Option> repayments(BigDecimal missing, BigDecimal target) {
        return exposures.stream()
                .filter(e -> e.debt().signum() > 0)
                .flatMap(e -> amount(e, missing, target, reliefPrice(e)).stream()
                        .filter(amount -> amount.compareTo(roundedUp(e.asset(), e.debt())) <= 0)
                        .map(amount -> new Advice.Option.Repay(e.asset(), amount, after(e, e.repaid(amount)))));
    }

    private Stream<Advice.Option> additions(BigDecimal missing) {
        return loan.collateral().stream().flatMap(c -> {
            var exposure = exposure(c.asset());
            var weight = c.threshold().weight();
            return amount(exposure, missing, weight, exposure.price().low()).stream()
                    .map(amount ->
                            new Advice.Option.Add(c.asset(), amount, after(exposure, exposure.plus(amount, weight))));
        });
    }

    private Optional<BigDecimal> amount(Exposure of, BigDecimal missing, BigDecimal effect, BigDecimal price) {
        return price.signum() == 0
                ? Optional.empty()
                : Optional.of(
                        roundedUp(of.asset(), missing.divide(price.multiply(effect, Precision.WORK), Precision.WORK)));
    }

    private static BigDecimal reliefPrice(Exposure exposure) {
        return exposure.weighted().signum() > 0
                ? exposure.price().low()
                : exposure.price().high().orElse(BigDecimal.ZERO);
    }

    private BigDecimal roundedUp(Asset asset, BigDecimal amount) {
        return amount.round(Precision.AMOUNT).setScale(assets.info(asset).decimals(), RoundingMode.CEILING);
    }

    private HealthFactor after(Exposure before, Exposure changed) {
        return new Extremes(
                        exposures.stream().map(e -> e == before ? changed : e).toList())
                .lowest();
    }

    private Exposure exposure(Asset asset) {
        return exposures.stream()
                .filter(e -> e.asset().equals(asset))
                .findFirst()
                .orElseThrow();
    }
}
