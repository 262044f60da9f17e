package dev.plimsoll.book;

import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Loan;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/**
 * The legs of one position, collateral first.
 *
 * @param factors    the number of the factor that moves each leg
 * @param amounts    whole tokens: collateral times its threshold, debt as it would have been at the factors' origin
 * @param collateral how many of them are collateral
 */
record Legs(int[] factors, double[] amounts, int collateral) {
    Legs {
        if (factors.length > Short.MAX_VALUE) {
            throw new IllegalArgumentException("a position has too many legs: " + factors.length);
        }
    }

    /** None for a position that owes nothing: no price moves it. Takes the factors. */
    static Legs of(Position position, Factors factors) {
        var loan = position.loan();
        var moving = factors(loan);
        var numbers = moving.stream().mapToInt(factors::take).toArray();
        var collateral = moving.isEmpty() ? 0 : loan.collateral().size();
        var amounts = new double[numbers.length];
        for (var leg = 0; leg < amounts.length; leg++) {
            amounts[leg] = leg < collateral
                    ? weighted(loan.collateral().get(leg))
                    : loan.debt().get(leg - collateral).amount().doubleValue()
                            * factors.atOrigin(moving.get(leg), position.legsSince());
        }
        return new Legs(numbers, amounts, collateral);
    }

    /** What the position took. */
    static void release(Position position, Factors factors) {
        factors(position.loan()).forEach(factors::release);
    }

    int size() {
        return factors.length;
    }

    private static List<Factor> factors(Loan loan) {
        return loan.hasDebt()
                ? Stream.concat(
                                loan.collateral().stream().map(leg -> Factor.of(leg.asset(), BigDecimal.ZERO)),
                                loan.debt().stream().map(Legs::factor))
                        .toList()
                : List.of();
    }

    private static Factor factor(Loan.Debt debt) {
        return Factor.of(debt.asset(), debt.annualRate().orElse(BigDecimal.ZERO));
    }

    private static double weighted(Loan.Collateral leg) {
        return leg.amount().multiply(leg.threshold().weight()).doubleValue();
    }
}
