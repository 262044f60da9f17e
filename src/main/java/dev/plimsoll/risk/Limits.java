package dev.plimsoll.risk;

import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What may still be borrowed or taken out, at the dangerous end of each price. */
record Limits(Loan loan, List<Exposure> exposures) {

    static Limits of(Loan loan, List<Exposure> exposures) {
        return new Limits(loan, exposures);
    }

    Optional<BigDecimal> maxBorrow() {
        var stated = loan.collateral().stream().allMatch(c -> c.loanToValue().isPresent());
        return stated && !loan.collateral().isEmpty()
                ? Optional.of(borrowable().subtract(debt()).max(BigDecimal.ZERO))
                : Optional.empty();
    }

    private BigDecimal borrowable() {
        return loan.collateral().stream()
                .map(c -> c.amount()
                        .multiply(c.loanToValue().orElseThrow(), Precision.WORK)
                        .multiply(price(c), Precision.WORK))
                .reduce(BigDecimal.ZERO, (a, b) -> a.add(b, Precision.WORK));
    }

    private BigDecimal debt() {
        return Figures.sum(exposures, Exposure::debt);
    }

    List<Withdrawable> withdrawable(BigDecimal target, AssetRegistry assets) {
        return loan.collateral().stream()
                .map(c -> new Withdrawable(
                        c.asset(),
                        withdrawable(c, target)
                                .round(Precision.AMOUNT)
                                .setScale(assets.info(c.asset()).decimals(), RoundingMode.DOWN)))
                .toList();
    }

    /** (weighted − target × debt) / (price × weight), at most the balance, and never below the borrowing limit. */
    private BigDecimal withdrawable(Loan.Collateral collateral, BigDecimal target) {
        if (price(collateral).signum() == 0) {
            return loan.hasDebt() ? BigDecimal.ZERO : collateral.amount();
        }
        var spare = Figures.sum(exposures, Exposure::weighted)
                .subtract(target.multiply(debt()), Precision.WORK)
                .divide(price(collateral).multiply(collateral.threshold().weight(), Precision.WORK), Precision.WORK);
        var byLimit = maxBorrow()
                .filter(room -> collateral.loanToValue().orElseThrow().signum() > 0)
                .map(room -> room.divide(
                        price(collateral).multiply(collateral.loanToValue().orElseThrow(), Precision.WORK),
                        Precision.WORK));
        return spare.min(byLimit.orElse(spare)).min(collateral.amount()).max(BigDecimal.ZERO);
    }

    private BigDecimal price(Loan.Collateral collateral) {
        return prices().get(collateral.asset().symbol());
    }

    private Map<String, BigDecimal> prices() {
        return exposures.stream().collect(Collectors.toMap(e -> e.asset().symbol(), Exposure::dangerPrice));
    }
}
