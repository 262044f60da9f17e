package dev.plimsoll.book;

import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Margin;
import dev.plimsoll.risk.Terms;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The legs of one position, collateral first. Of perpetual contracts the collateral is their equity: its cash and each
 * leg at its price, a short one against it; the debt is what equity must cover.
 *
 * @param factors    the number of the factor that moves each leg
 * @param amounts    whole tokens: collateral times its threshold, debt as it would have been at the factors' origin; of
 *                   cash US dollars, which may be negative
 * @param collateral how many of them are collateral
 */
record Legs(int[] factors, double[] amounts, int collateral) {
    Legs {
        if (factors.length > Short.MAX_VALUE) {
            throw new IllegalArgumentException("a position has too many legs: " + factors.length);
        }
    }

    private record Side(Factor factor, double amount) {}

    /**
     * None for a position that owes nothing: no price moves it. Takes the factors.
     *
     * @param source whose prices move them; empty means the market's
     */
    static Legs of(Position position, Optional<String> source, Factors factors) {
        var held = by(source, held(position.terms()));
        var owed = by(source, owed(position.terms()));
        var numbers = Stream.concat(held.stream(), owed.stream())
                .mapToInt(leg -> factors.take(leg.factor()))
                .toArray();
        var amounts = Stream.concat(held.stream(), owed.stream())
                .mapToDouble(leg -> leg.amount() * factors.atOrigin(leg.factor(), position.legsSince()))
                .toArray();
        return new Legs(numbers, amounts, held.size());
    }

    private static List<Side> by(Optional<String> source, List<Side> legs) {
        return legs.stream()
                .map(leg -> new Side(leg.factor().by(source), leg.amount()))
                .toList();
    }

    /** What the position took from this source. */
    static void release(Position position, Optional<String> source, Factors factors) {
        Stream.concat(held(position.terms()).stream(), owed(position.terms()).stream())
                .map(leg -> leg.factor().by(source))
                .forEach(factors::release);
    }

    int size() {
        return factors.length;
    }

    private static List<Side> held(Terms terms) {
        return switch (terms) {
            case Loan loan ->
                loan.hasDebt()
                        ? loan.collateral().stream().map(Legs::collateral).toList()
                        : List.of();
            case Margin margin ->
                Stream.concat(
                                Stream.of(new Side(Factor.CASH, margin.fixed().doubleValue())),
                                margin.legs().stream().map(Legs::exposure))
                        .toList();
        };
    }

    private static List<Side> owed(Terms terms) {
        return switch (terms) {
            case Loan loan -> loan.debt().stream().map(Legs::debt).toList();
            case Margin margin ->
                margin.legs().stream().map(leg -> required(margin, leg)).toList();
        };
    }

    private static Side collateral(Loan.Collateral leg) {
        return new Side(
                Factor.with(leg.asset()),
                leg.amount().multiply(leg.threshold().weight()).doubleValue());
    }

    private static Side debt(Loan.Debt leg) {
        return new Side(
                Factor.of(leg.asset(), leg.annualRate().orElse(BigDecimal.ZERO)),
                leg.amount().doubleValue());
    }

    private static Side exposure(Margin.Leg leg) {
        var factor = switch (leg.side()) {
            case LONG -> Factor.with(leg.asset());
            case SHORT -> Factor.against(leg.asset());
        };
        return new Side(factor, leg.size().doubleValue());
    }

    private static Side required(Margin margin, Margin.Leg leg) {
        return new Side(
                Factor.with(leg.asset()),
                leg.size().multiply(margin.requiredRate()).doubleValue());
    }
}
