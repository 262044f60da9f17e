package dev.plimsoll.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When a delivery that did not arrive is tried again: at growing distances over three and a half days, then no more. */
final class RetrySchedule {
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4),
            Duration.ofHours(8),
            Duration.ofHours(12),
            Duration.ofHours(24),
            Duration.ofHours(24));

    /** Spreads those that failed together, as a share of the pause. */
    private static final double JITTER = 0.1;

    private RetrySchedule() {}

    /** One try at once and one after each pause. */
    static int tries() {
        return PAUSES.size() + 1;
    }

    /**
     * The pause before the next try, ±10 %; empty when there is none.
     *
     * @param failed    tries that failed so far, 1 or more
     * @param notBefore what the receiver asked for; never shortens the pause, so that it cannot use up all tries
     */
    static Optional<Duration> pause(int failed, Optional<Duration> notBefore, RandomGenerator random) {
        if (failed > PAUSES.size()) {
            return Optional.empty();
        }
        var spread = 1 + JITTER * (2 * random.nextDouble() - 1);
        var own = Duration.ofMillis(Math.round(PAUSES.get(failed - 1).toMillis() * spread));
        return Optional.of(notBefore.filter(asked -> asked.compareTo(own) > 0).orElse(own));
    }
}
