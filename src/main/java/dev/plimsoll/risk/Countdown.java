package dev.plimsoll.risk;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How long until interest alone reaches liquidation, prices and amounts standing still. An estimate of time, not of
 * money, so it is computed in double; rounded down to the minute.
 *
 * @param weighted threshold-weighted collateral in US dollars
 * @param debts    US dollars by yearly rate; the debt that bears none at rate 0
 */
record Countdown(double weighted, Map<Double, Double> debts) {
    private static final double CENTURY = 100;
    private static final double MINUTES_A_YEAR = 365 * 24 * 60;

    static Countdown of(Loan loan, List<Exposure> exposures) {
        var byAsset = exposures.stream().collect(Collectors.toMap(Exposure::asset, e -> e));
        var debts = loan.debt().stream()
                .collect(Collectors.groupingBy(
                        debt -> debt.annualRate().orElse(BigDecimal.ZERO).doubleValue(),
                        Collectors.summingDouble(debt -> {
                            var exposure = byAsset.get(debt.asset());
                            return exposure.debt()
                                    .multiply(exposure.dangerPrice())
                                    .doubleValue();
                        })));
        return new Countdown(Figures.sum(exposures, Exposure::weighted).doubleValue(), debts);
    }

    Optional<Duration> remaining() {
        if (debts.keySet().stream().noneMatch(rate -> rate > 0) || debtAfter(CENTURY) < weighted) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofMinutes((long) (years() * MINUTES_A_YEAR)));
    }

    /** By halving the century: 60 rounds end below a microsecond. */
    double years() {
        var before = 0.0;
        var after = CENTURY;
        for (var round = 0; round < 60; round++) {
            var middle = (before + after) / 2;
            if (debtAfter(middle) < weighted) {
                before = middle;
            } else {
                after = middle;
            }
        }
        return before;
    }

    private double debtAfter(double years) {
        return debts.entrySet().stream()
                .mapToDouble(debt -> debt.getValue() * Math.exp(debt.getKey() * years))
                .sum();
    }
}
