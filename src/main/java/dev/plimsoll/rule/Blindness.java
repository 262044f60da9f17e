package dev.plimsoll.rule;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One position that cannot be judged.
 *
 * @param position     its id
 * @param name         what its owner calls it
 * @param why          the sentence of {@code Judgement.Unknown} or {@code Evaluation.Unknown}
 * @param since        the first tick at which it could not be judged
 * @param lastDistance to liquidation in percent when it was last judged; empty when it never was
 * @param moved        how far the prices of its assets moved since, in percent: the largest move; empty when unknown
 */
public record Blindness(
        UUID position,
        String name,
        String why,
        Instant since,
        Optional<BigDecimal> lastDistance,
        Optional<BigDecimal> moved) {

    private static final BigDecimal NEAR = BigDecimal.valueOf(5);
    private static final BigDecimal MIDDLE = BigDecimal.valueOf(15);
    private static final BigDecimal MOVED = BigDecimal.TWO;

    /** How long it may last until its owner is told. */
    public Duration allowed(Level.Limit limit) {
        return limit instanceof Level.Limit.After after ? after.value() : auto();
    }

    /** The nearer it was and the more prices moved, the sooner. A position never judged is told like a middling one. */
    private Duration auto() {
        var distance = lastDistance.orElse(NEAR);
        if (distance.compareTo(NEAR) < 0
                || moved.filter(m -> m.compareTo(MOVED) > 0).isPresent()) {
            return Duration.ofMinutes(1);
        }
        return distance.compareTo(MIDDLE) < 0 ? Duration.ofMinutes(5) : Duration.ofMinutes(15);
    }
}
