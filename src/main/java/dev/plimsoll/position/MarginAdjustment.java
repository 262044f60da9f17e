package dev.plimsoll.position;

import dev.plimsoll.position.Adjustment.Adjusted;
import dev.plimsoll.position.Adjustment.Fault;
import dev.plimsoll.position.Adjustment.Move;
import dev.plimsoll.position.Adjustment.Outcome;
import dev.plimsoll.position.Adjustment.Refused;
import dev.plimsoll.risk.Margin;
import dev.plimsoll.unit.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Margin put in or taken out, in US dollars. What is taken out comes from what was put in: profit that is not realised
 * stays with the legs.
 */
final class MarginAdjustment {
    private static final String INSTEAD =
            " 'deposit' and 'withdraw' change the margin in USD; a leg is made larger or smaller by 'legs' with PATCH.";

    private final Margin margin;
    private final Adjustment adjustment;
    private BigDecimal balance;

    MarginAdjustment(Margin margin, Adjustment adjustment) {
        this.margin = margin;
        this.adjustment = adjustment;
        this.balance = margin.balance();
    }

    Outcome outcome() {
        var faults = new ArrayList<Fault>();
        Adjustment.each(
                "borrow",
                adjustment.borrow(),
                faults,
                ignored -> Optional.of("Perpetual contracts borrow nothing." + INSTEAD));
        Adjustment.each("deposit", adjustment.deposit(), faults, this::deposit);
        Adjustment.each(
                "repay",
                adjustment.repay(),
                faults,
                ignored -> Optional.of("Perpetual contracts owe nothing that is repaid." + INSTEAD));
        Adjustment.each("withdraw", adjustment.withdraw(), faults, this::withdraw);
        return faults.isEmpty() ? new Adjusted(margin.withBalance(balance)) : new Refused(List.copyOf(faults));
    }

    private Optional<String> deposit(Move move) {
        if (!isMargin(move)) {
            return Optional.of(foreign(move));
        }
        var sum = balance.add(move.amount());
        if (sum.compareTo(Margin.MOST_BALANCE) > 0) {
            return Optional.of("A margin is at most 10^15 USD.");
        }
        balance = sum;
        return Optional.empty();
    }

    private Optional<String> withdraw(Move move) {
        if (!isMargin(move)) {
            return Optional.of(foreign(move));
        }
        var left = balance.subtract(move.amount());
        if (left.compareTo(Margin.LEAST_BALANCE) < 0) {
            return Optional.of("You withdraw %s but the margin is %s USD: %s USD of it must stay while legs are open."
                    .formatted(move.text(), Decimals.plain(balance), Decimals.plain(Margin.LEAST_BALANCE)));
        }
        balance = left;
        return Optional.empty();
    }

    private static boolean isMargin(Move move) {
        return move.asset().equals(Margin.CURRENCY);
    }

    private static String foreign(Move move) {
        return "The margin of perpetual contracts is counted in USD, not in %s: write \"asset\":\"USD\" and the dollars."
                .formatted(move.asset());
    }
}
