package dev.plimsoll.rule;

import dev.plimsoll.market.Trail;
import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.HealthFactor;
import dev.plimsoll.risk.Judgement;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/**
 * How far a health factor fell from its highest within a time, in percent of the highest. The low end is what every source
 * shows, the high end what any of them does; each is rounded away from the other. Of what was before only that counts which
 * is certain, so that no fall is invented.
 */
final class Drops {
    private static final MathContext DOWN = new MathContext(34, RoundingMode.FLOOR);
    private static final MathContext UP = new MathContext(34, RoundingMode.CEILING);
    private static final Reading NONE = new Reading.Measured(BigDecimal.ZERO, Optional.of(BigDecimal.ZERO));

    private Drops() {}

    static Reading read(Judgement judgement, Optional<Trail> trail, Duration within) {
        return switch (judgement) {
            case Judgement.Judged(var health) ->
                trail.map(past -> read(health, past, within))
                        .orElseGet(() -> new Reading.Unreadable("nothing is known of the time before"));
            case Judgement.NoDebt ignored -> NONE;
            case Judgement.Unknown unknown -> new Reading.Unreadable(unknown.why());
        };
    }

    private static Reading read(Health health, Trail trail, Duration within) {
        return health.highestWithin(trail, within)
                .healthFactor()
                .value()
                .filter(peak -> peak.signum() > 0)
                .<Reading>map(peak -> new Reading.Measured(
                        fallen(health.range().high(), peak, UP),
                        Optional.of(fallen(health.range().low(), peak, DOWN))))
                .orElse(NONE);
    }

    private static BigDecimal fallen(HealthFactor now, BigDecimal peak, MathContext rounding) {
        return now.value()
                .map(factor -> BigDecimal.ONE.subtract(factor.divide(peak, rounding)))
                .orElse(BigDecimal.ZERO)
                .max(BigDecimal.ZERO)
                .movePointRight(2);
    }
}
