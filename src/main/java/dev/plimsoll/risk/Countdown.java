package dev.plimsoll.risk;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How long until interest alone reaches liquidation, prices standing still: what is owed grows by its yearly rates, what
 * is held by what it earns, both compounded continuously. An estimate of time, not of money, so it is computed in double;
 * rounded down to the minute.
 *
 * <p>With one rate on either side it is ln(H) / (owed − held), exactly. With several the health factor falls no faster than
 * by the highest rate owed less the lowest earned: so many steps at that speed come to the first instant at which it is 1,
 * and never beyond.
 *
 * @param held threshold-weighted collateral in US dollars by what it earns a year
 * @param owed US dollars by yearly rate; what bears none stands at rate 0
 */
record Countdown(Map<Double, Double> held, Map<Double, Double> owed) {
    private static final double CENTURY = 100;
    private static final double MINUTES_A_YEAR = 365 * 24 * 60;
    private static final double THERE = 1e-12;
    private static final int MOST_STEPS = 10_000;

    static Countdown of(Loan loan, List<Exposure> exposures) {
        var prices = exposures.stream().collect(Collectors.toMap(Exposure::asset, Exposure::dangerPrice));
        var debts = exposures.stream().collect(Collectors.toMap(Exposure::asset, Exposure::debt));
        return new Countdown(
                byRate(
                        loan.collateral(),
                        Loan.Collateral::annualRate,
                        leg -> leg.amount()
                                .multiply(leg.threshold().weight(), Precision.WORK)
                                .multiply(prices.get(leg.asset()))),
                byRate(
                        loan.debt(),
                        Loan.Debt::annualRate,
                        leg -> debts.get(leg.asset()).multiply(prices.get(leg.asset()))));
    }

    private static <T> Map<Double, Double> byRate(
            Collection<T> legs, Function<T, Optional<BigDecimal>> rate, Function<T, BigDecimal> worth) {
        return legs.stream()
                .collect(Collectors.groupingBy(
                        leg -> rate.apply(leg).orElse(BigDecimal.ZERO).doubleValue(),
                        Collectors.summingDouble(leg -> worth.apply(leg).doubleValue())));
    }

    /** Empty where nothing owed bears interest, and beyond a century. */
    Optional<Duration> remaining() {
        return owed.keySet().stream().noneMatch(rate -> rate > 0)
                ? Optional.empty()
                : years().map(years -> Duration.ofMinutes((long) (years * MINUTES_A_YEAR)));
    }

    Optional<Double> years() {
        var speed = rates(owed, Math::max) - rates(held, Math::min);
        var years = 0.0;
        for (var step = 0; step < MOST_STEPS; step++) {
            var left = room(years);
            if (left <= THERE) {
                return Optional.of(years);
            }
            years += speed > 0 ? left / speed : CENTURY;
            if (years >= CENTURY) {
                return Optional.empty();
            }
        }
        return Optional.of(years);
    }

    private static double rates(Map<Double, Double> side, BinaryOperator<Double> choose) {
        return side.keySet().stream().reduce(choose).orElse(0.0);
    }

    /** The logarithm of the health factor after so many years. */
    private double room(double years) {
        var fastest = Math.max(rates(owed, Math::max), rates(held, Math::max));
        return Math.log(after(held, fastest, years)) - Math.log(after(owed, fastest, years));
    }

    /** In parts of what the fastest grows to: a double carries no tenfold growth over eighty years. */
    private static double after(Map<Double, Double> side, double fastest, double years) {
        return side.entrySet().stream()
                .mapToDouble(leg -> leg.getValue() * Math.exp((leg.getKey() - fastest) * years))
                .sum();
    }
}
