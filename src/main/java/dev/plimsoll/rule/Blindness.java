package dev.plimsoll.rule;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One position that cannot be judged, or could not a short while ago.
 *
 * @param position     its id
 * @param name         what its owner calls it
 * @param why          the sentence of {@code Judgement.Unknown} or {@code Evaluation.Unknown}
 * @param since        the first tick at which it could not be judged; a short sight in between does not count
 * @param seen         the first tick at which it was judged again; empty while it is not
 * @param lastDistance to liquidation in percent when it was last judged; empty when it never was
 * @param moved        how far the prices of its assets moved since, in percent: the largest move; empty when unknown
 * @param told         a message of an alert that still fires has named it
 */
public record Blindness(
        UUID position,
        String name,
        String why,
        Instant since,
        Optional<Instant> seen,
        Optional<BigDecimal> lastDistance,
        Optional<BigDecimal> moved,
        boolean told) {

    /** Who is seen again for less than this, or for fewer than three ticks, had a short sight: blindness goes on. */
    private static final Duration SHORT_SIGHT = Duration.ofMinutes(1);

    private static final BigDecimal NEAR = BigDecimal.valueOf(5);
    private static final BigDecimal MIDDLE = BigDecimal.valueOf(15);
    private static final BigDecimal MOVED = BigDecimal.TWO;

    /**
     * How long a position must be judged without a break until it counts as seen.
     *
     * @param interval between ticks
     */
    public static Duration shortSight(Duration interval) {
        var threeTicks = interval.multipliedBy(2);
        return threeTicks.compareTo(SHORT_SIGHT) > 0 ? threeTicks : SHORT_SIGHT;
    }

    public boolean isBlind() {
        return seen.isEmpty();
    }

    /** When its owner is to be told, if it is still blind then. */
    public Instant due(Level.Limit limit) {
        return since.plus(allowed(limit));
    }

    /** How long it may last until its owner is told. */
    public Duration allowed(Level.Limit limit) {
        return limit instanceof Level.Limit.After after ? after.value() : auto();
    }

    /** So near when it was last seen that nobody may wait. */
    public boolean wasNear() {
        return lastDistance.filter(distance -> distance.compareTo(NEAR) < 0).isPresent();
    }

    /** The nearer it was and the more prices moved, the sooner. A position never judged is told like a middling one. */
    private Duration auto() {
        if (wasNear() || moved.filter(m -> m.compareTo(MOVED) > 0).isPresent()) {
            return Duration.ofMinutes(1);
        }
        return lastDistance.orElse(NEAR).compareTo(MIDDLE) < 0 ? Duration.ofMinutes(5) : Duration.ofMinutes(15);
    }
}
