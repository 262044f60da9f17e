package dev.plimsoll.book;

import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.HealthFactor;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Margin;
import dev.plimsoll.risk.Peak;
import dev.plimsoll.risk.Standing;
import dev.plimsoll.risk.Terms;
import dev.plimsoll.rule.Threshold;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where a fall of the health factor from its peak stays on the side of a limit that it is on.
 *
 * <p>Not fallen so far: while the health factor is no higher than some ceiling the peak is none either, so it stays above
 * what is left of that ceiling after the fall. The ceiling is set so that there is as much room up as down. Fallen farther:
 * until the minute of the peak leaves the window, and unless it is still this minute, which may yet turn out less certain;
 * meanwhile interest may have brought the peak, on the legs of then, a little lower.
 *
 * <p>While an asset has no price nothing is known of the peak: the first price that it has within the minute counts for all
 * of that minute, beside the best of another asset at a tick that went without.
 *
 * <p>No peak comes from elsewhere, but after a gap and with a clock that is set back: so the band ends with either.
 */
final class DropEdges {
    private static final double HUNDRED = 100;
    private static final double SECONDS_A_YEAR = Duration.ofDays(365).toSeconds();

    private final Health health;
    private final Peak peak;
    private final Duration within;
    private final Edges edges;

    private DropEdges(Health health, Peak peak, Duration within, Edges edges) {
        this.health = health;
        this.peak = peak;
        this.within = within;
        this.edges = edges;
    }

    static void around(Threshold threshold, Standing standing, Health health, Duration within, Edges edges) {
        edges.until(Band.AFTER_A_GAP);
        standing.before()
                .filter(trail -> isForeseeable(health.terms()))
                .map(trail -> new DropEdges(health, health.highestWithin(trail, within), within, edges))
                .ifPresentOrElse(drop -> drop.around(threshold), () -> everyTick(edges));
    }

    /** Also in the dark: the peak may leave the window while nothing is priced. */
    private static void everyTick(Edges edges) {
        edges.across();
        edges.until(Instant.MIN);
    }

    /**
     * Of contracts a minute's best and worst prices may make a peak that no tick saw; of a loan that goes by one source's
     * word the peak goes by other prices than the band.
     */
    private static boolean isForeseeable(Terms terms) {
        return switch (terms) {
            case Loan loan -> loan.priceSource().isEmpty();
            case Margin ignored -> false;
        };
    }

    private void around(Threshold threshold) {
        around(threshold.limit());
        around(threshold.clear());
    }

    private void around(BigDecimal percent) {
        var left = 1 - percent.doubleValue() / HUNDRED;
        var low = number(health.range().low());
        var high = number(health.range().high());
        var top = number(peak.healthFactor());
        if (low >= top * left && top < Double.POSITIVE_INFINITY && isEachPriced()) {
            roomBothWays(left, low);
        } else if (high < top * left && !isOfThisMinute()) {
            edges.below(top * left * grown());
            edges.until(peakIsOver());
        } else {
            edges.across();
        }
    }

    private void roomBothWays(double left, double low) {
        if (left > 0) {
            var ceiling = Math.sqrt(number(peak.healthFactor()) * (low / left));
            edges.below(ceiling);
            edges.above(ceiling * left);
        }
    }

    /** Dust too: what is left of an asset may have no price though the health factor has bounds. */
    private boolean isEachPriced() {
        return health.terms().assets().stream()
                .allMatch(asset -> health.market().range(asset).isBounded());
    }

    private boolean isOfThisMinute() {
        return !peak.at().isBefore(health.asOf().truncatedTo(ChronoUnit.MINUTES));
    }

    private Instant peakIsOver() {
        return peak.at().plus(Duration.ofMinutes(1)).plus(within);
    }

    /** By how much the peak is less, at the least, when the debts have grown until it is over. */
    private double grown() {
        var years = Duration.between(health.asOf(), peakIsOver()).toSeconds() / SECONDS_A_YEAR;
        return Math.exp(-highestRate(health.terms()) * years);
    }

    private static double highestRate(Terms terms) {
        return switch (terms) {
            case Loan loan ->
                loan.debt().stream()
                        .mapToDouble(debt ->
                                debt.annualRate().orElse(BigDecimal.ZERO).doubleValue())
                        .max()
                        .orElse(0);
            case Margin ignored -> 0;
        };
    }

    private static double number(HealthFactor factor) {
        return factor.value().map(BigDecimal::doubleValue).orElse(Double.POSITIVE_INFINITY);
    }
}
