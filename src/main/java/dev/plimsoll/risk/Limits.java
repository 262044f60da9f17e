package dev.plimsoll.risk;

import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What may still be borrowed or taken out whatever the sources disagree about: of an asset on both sides it depends on what
 * is asked which end of its price is the dangerous one.
 */
record Limits(Loan loan, List<Exposure> exposures) {

    static Limits of(Loan loan, List<Exposure> exposures) {
        return new Limits(loan, exposures);
    }

    /** Nothing where a debt may cost anything. */
    Optional<BigDecimal> maxBorrow() {
        return isBorrowingLimited() && !loan.collateral().isEmpty()
                ? Optional.of(Advisor.missing(borrowing(), BigDecimal.ONE)
                        .map(BigDecimal::negate)
                        .orElse(BigDecimal.ZERO)
                        .max(BigDecimal.ZERO))
                : Optional.empty();
    }

    private boolean isBorrowingLimited() {
        return loan.collateral().stream().allMatch(c -> c.loanToValue().isPresent());
    }

    /** With each collateral counting for what may be borrowed against it. */
    private List<Exposure> borrowing() {
        Map<Asset, BigDecimal> ratios = loan.collateral().stream()
                .collect(Collectors.toMap(
                        Loan.Collateral::asset, c -> c.loanToValue().orElseThrow()));
        return exposures.stream()
                .map(e -> e.weighing(ratios.getOrDefault(e.asset(), BigDecimal.ZERO)))
                .toList();
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

    /** At most the balance, so that the target is kept, and never below the borrowing limit. */
    private BigDecimal withdrawable(Loan.Collateral collateral, BigDecimal target) {
        if (!loan.hasDebt()) {
            return collateral.amount();
        }
        var spare = spare(collateral.asset(), collateral.threshold().weight(), exposures, target);
        var byLimit = Optional.of(collateral)
                .filter(any -> isBorrowingLimited())
                .flatMap(Loan.Collateral::loanToValue)
                .filter(ratio -> ratio.signum() > 0)
                .map(ratio -> spare(collateral.asset(), ratio, borrowing(), BigDecimal.ONE));
        return spare.min(byLimit.orElse(spare)).min(collateral.amount()).max(BigDecimal.ZERO);
    }

    /**
     * (weighted − target × debt) / (price × weight) in whole tokens: the lesser at both ends of the asset's own price, with
     * every other price at its worse one. Nothing where a price has no such end.
     */
    private static BigDecimal spare(Asset asset, BigDecimal weight, List<Exposure> exposures, BigDecimal target) {
        var own = exposures.stream().filter(e -> e.asset().equals(asset)).toList();
        var others = exposures.stream().filter(e -> !e.asset().equals(asset)).toList();
        var price = own.getFirst().price();
        return Advisor.missing(others, target)
                .filter(any -> price.isBounded() && price.low().signum() > 0)
                .map(missing -> Stream.of(price.low(), price.high().orElseThrow())
                        .map(end -> missing.add(own.getFirst().missing(target, end), Precision.WORK)
                                .negate()
                                .divide(end.multiply(weight, Precision.WORK), Precision.WORK))
                        .reduce(BigDecimal::min)
                        .orElseThrow())
                .orElse(BigDecimal.ZERO);
    }
}
