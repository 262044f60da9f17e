package dev.plimsoll.position;

import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Loan.Collateral;
import dev.plimsoll.risk.Loan.Debt;
import dev.plimsoll.risk.Margin;
import dev.plimsoll.risk.Terms;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.Decimals;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an owner just did to a loan, or to the margin of perpetual contracts. All of it happens, or nothing. */
public record Adjustment(List<Move> repay, List<Move> borrow, List<Move> deposit, List<Move> withdraw) {
    public Adjustment {
        repay = List.copyOf(repay);
        borrow = List.copyOf(borrow);
        deposit = List.copyOf(deposit);
        withdraw = List.copyOf(withdraw);
    }

    /** @param amount whole tokens, positive; US dollars of margin */
    public record Move(Asset asset, BigDecimal amount) {
        String text() {
            return Adjustment.text(amount, asset);
        }
    }

    /** What came of it. */
    public sealed interface Outcome {}

    public record Adjusted(Terms terms) implements Outcome {}

    /** @param faults at least one */
    public record Refused(List<Fault> faults) implements Outcome {
        public Refused {
            faults = List.copyOf(faults);
        }
    }

    /**
     * @param detail  a sentence the owner can act on
     * @param pointer the move, as a JSON pointer: {@code /repay/0}; empty for the whole
     */
    public record Fault(String detail, String pointer) {}

    /** @param terms a loan with the interest of today */
    public Outcome of(Terms terms) {
        return switch (terms) {
            case Loan loan -> of(loan);
            case Margin margin -> new MarginAdjustment(margin, this).outcome();
        };
    }

    /** @param at interest up to here has become debt before */
    public Outcome of(Position now, Instant at, AssetRegistry assets) {
        return switch (now.terms()) {
            case Loan loan -> of(loan.grown(now.legsSince(), at, assets::decimals));
            case Margin margin -> of((Terms) margin);
        };
    }

    private Outcome of(Loan loan) {
        var debt = new ArrayList<>(loan.debt());
        var collateral = new ArrayList<>(loan.collateral());
        var faults = new ArrayList<Fault>();
        each("borrow", borrow, faults, move -> borrow(debt, move));
        each("deposit", deposit, faults, move -> deposit(collateral, move));
        each("repay", repay, faults, move -> repay(debt, move));
        each("withdraw", withdraw, faults, move -> withdraw(collateral, move));
        if (faults.isEmpty() && collateral.isEmpty()) {
            faults.add(new Fault(nothingLeft(debt), ""));
        }
        return faults.isEmpty() ? new Adjusted(loan.with(collateral, debt)) : new Refused(faults);
    }

    interface Step {
        Optional<String> refusal(Move move);
    }

    static void each(String field, List<Move> moves, List<Fault> faults, Step step) {
        for (var i = 0; i < moves.size(); i++) {
            var pointer = "/" + field + "/" + i;
            step.refusal(moves.get(i)).ifPresent(detail -> faults.add(new Fault(detail, pointer)));
        }
    }

    private static Optional<String> borrow(List<Debt> debt, Move move) {
        var at = indexOf(debt.stream().map(Debt::asset).toList(), move);
        if (at < 0) {
            if (move.asset().equals(Margin.CURRENCY)) {
                return Optional.of("Nobody lends USD itself: name the token that is owed, such as USDC.");
            }
            debt.add(new Debt(move.asset(), move.amount(), Optional.empty()));
            return Optional.empty();
        }
        var leg = debt.get(at);
        debt.set(at, new Debt(leg.asset(), leg.amount().add(move.amount()), leg.annualRate()));
        return Optional.empty();
    }

    private static Optional<String> repay(List<Debt> debt, Move move) {
        var at = indexOf(debt.stream().map(Debt::asset).toList(), move);
        if (at < 0) {
            return Optional.of("You owe no " + move.asset() + ": there is nothing to repay.");
        }
        var leg = debt.get(at);
        var left = leg.amount().subtract(move.amount());
        if (left.signum() < 0) {
            return Optional.of("You repay " + move.text() + " but owe " + text(leg.amount(), leg.asset()) + ".");
        }
        keep(debt, at, left, rest -> new Debt(leg.asset(), rest, leg.annualRate()));
        return Optional.empty();
    }

    private static Optional<String> deposit(List<Collateral> collateral, Move move) {
        var at = indexOf(collateral.stream().map(Collateral::asset).toList(), move);
        if (at < 0) {
            if (move.asset().equals(Margin.CURRENCY)) {
                return Optional.of("Only perpetual contracts have a margin in USD: name the collateral that is added.");
            }
            return Optional.of(move.asset() + " is not among the collateral, so its liquidation threshold is not known:"
                    + " add it to 'collateral' with PATCH.");
        }
        var leg = collateral.get(at);
        collateral.set(at, withAmount(leg, leg.amount().add(move.amount())));
        return Optional.empty();
    }

    private static Optional<String> withdraw(List<Collateral> collateral, Move move) {
        var at = indexOf(collateral.stream().map(Collateral::asset).toList(), move);
        if (at < 0) {
            return Optional.of(move.asset() + " is not among the collateral: there is nothing to withdraw.");
        }
        var leg = collateral.get(at);
        var left = leg.amount().subtract(move.amount());
        if (left.signum() < 0) {
            return Optional.of("You withdraw " + move.text() + " but hold " + text(leg.amount(), leg.asset()) + ".");
        }
        keep(collateral, at, left, rest -> withAmount(leg, rest));
        return Optional.empty();
    }

    private interface Rest<T> {
        T of(BigDecimal amount);
    }

    private static <T> void keep(List<T> legs, int at, BigDecimal left, Rest<T> rest) {
        if (left.signum() == 0) {
            legs.remove(at);
        } else {
            legs.set(at, rest.of(left));
        }
    }

    private static Collateral withAmount(Collateral leg, BigDecimal amount) {
        return leg.of(amount);
    }

    private static String nothingLeft(List<Debt> debt) {
        return debt.isEmpty()
                ? "That would leave nothing to watch: delete the position instead."
                : "That would leave debt without any collateral: repay it too, or delete the position.";
    }

    private static int indexOf(List<Asset> assets, Move move) {
        return assets.indexOf(move.asset());
    }

    private static String text(BigDecimal amount, Asset asset) {
        return Decimals.plain(amount) + " " + asset;
    }
}
