package dev.plimsoll.risk;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.function.BinaryOperator;

/**
 * The lowest and the highest health factor over all prices within their ranges.
 *
 * <p>A health factor is a quotient of two sums that are linear in the prices, so it is extreme where every price is at
 * an end of its range; which end follows from the sign of weighted − factor × debt at the extreme itself. From any
 * factor, moving every price to the end that sign names gives a better one, until none is better (Dinkelbach's method:
 * exact after a few rounds). Where a range is unbounded the limit of the quotient is the asset's own factor.
 */
final class Extremes {
    private final Collection<Exposure> exposures;
    private final boolean isPoint;

    Extremes(Collection<Exposure> exposures) {
        this.exposures = exposures;
        this.isPoint = exposures.stream().allMatch(exposure -> exposure.price().isPoint());
    }

    HealthRange range() {
        return new HealthRange(lowest(), highest());
    }

    HealthFactor lowest() {
        return farthest(toward(HealthFactor.INFINITE, false), false);
    }

    private HealthFactor highest() {
        return farthest(toward(HealthFactor.ZERO, true), true);
    }

    /** Where no price has two ends the first is the only one. */
    private HealthFactor farthest(HealthFactor first, boolean up) {
        var found = first;
        while (!isPoint) {
            var next = toward(found, up);
            if (next.compareTo(found) == 0 || next.compareTo(found) > 0 != up) {
                return found;
            }
            found = next;
        }
        return found;
    }

    /** With every price at the end that takes the quotient up (or down) from {@code factor}. */
    private HealthFactor toward(HealthFactor factor, boolean up) {
        var weighted = BigDecimal.ZERO;
        var debt = BigDecimal.ZERO;
        var limits = HealthFactor.INFINITE;
        var better = better(up);
        var limited = false;
        for (var exposure : exposures) {
            var high = lean(exposure, factor) > 0 == up && lean(exposure, factor) != 0;
            var price = high
                    ? exposure.price().high().orElse(exposure.price().low())
                    : exposure.price().low();
            if (high && exposure.price().high().isEmpty()) {
                limits = limited ? better.apply(limits, exposure.ownFactor()) : exposure.ownFactor();
                limited = true;
            }
            weighted = weighted.add(exposure.weighted().multiply(price, Precision.WORK), Precision.WORK);
            debt = debt.add(exposure.debt().multiply(price, Precision.WORK), Precision.WORK);
        }
        var bounded = weighted.signum() == 0 && debt.signum() == 0
                ? exposures.stream().map(Exposure::ownFactor).reduce(better).orElse(HealthFactor.INFINITE)
                : HealthFactor.of(weighted, debt);
        return limited ? better.apply(bounded, limits) : bounded;
    }

    /** Above zero when a rising price lifts a quotient that stands at {@code factor}. */
    private static int lean(Exposure exposure, HealthFactor factor) {
        return factor.value()
                .map(value -> exposure.weighted()
                        .subtract(value.multiply(exposure.debt(), Precision.WORK))
                        .signum())
                .orElse(exposure.debt().signum() > 0 ? -1 : 1);
    }

    private static BinaryOperator<HealthFactor> better(boolean up) {
        return up ? BinaryOperator.maxBy(Comparator.naturalOrder()) : BinaryOperator.minBy(Comparator.naturalOrder());
    }
}
