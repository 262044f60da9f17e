package dev.plimsoll.alert;

import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Margin;
import dev.plimsoll.risk.Terms;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Collectors;

/** What was put in and what was owed, in whole tokens: told apart from prices, it says why an alert was resolved. */
public record Legs(Map<Asset, BigDecimal> collateral, Map<Asset, BigDecimal> debt) {

    /** Of an asset or an account. */
    public static final Legs NONE = new Legs(Map.of(), Map.of());

    public Legs {
        collateral = Map.copyOf(collateral);
        debt = Map.copyOf(debt);
    }

    public static Legs of(Terms terms) {
        return switch (terms) {
            case Loan loan -> of(loan);
            case Margin margin -> of(margin);
        };
    }

    /** The margin counts as put in, the sizes as owed. */
    private static Legs of(Margin margin) {
        return new Legs(
                Map.of(Margin.CURRENCY, margin.balance()),
                margin.legs().stream().collect(Collectors.toMap(Margin.Leg::asset, Margin.Leg::size, BigDecimal::add)));
    }

    private static Legs of(Loan loan) {
        return new Legs(
                loan.collateral().stream()
                        .collect(Collectors.toMap(Loan.Collateral::asset, Loan.Collateral::amount, BigDecimal::add)),
                loan.debt().stream().collect(Collectors.toMap(Loan.Debt::asset, Loan.Debt::amount, BigDecimal::add)));
    }

    /** Why it is better now than it was with {@code before}: the owner's doing if there was any, else the price. */
    Because becauseSince(Legs before) {
        if (debt.isEmpty() && !before.debt.isEmpty()) {
            return collateral.isEmpty() ? Because.CLOSED : Because.REPAID;
        }
        if (someLess(before.debt, debt)) {
            return Because.REPAID;
        }
        return someLess(collateral, before.collateral) ? Because.COLLATERAL_ADDED : Because.PRICE_RECOVERED;
    }

    private static boolean someLess(Map<Asset, BigDecimal> larger, Map<Asset, BigDecimal> smaller) {
        return larger.entrySet().stream()
                .anyMatch(leg ->
                        smaller.getOrDefault(leg.getKey(), BigDecimal.ZERO).compareTo(leg.getValue()) < 0);
    }
}
