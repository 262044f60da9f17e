package dev.plimsoll.oracle;

import dev.plimsoll.oracle.StreamingSource.Ended;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a source is left alone after its stream ended, in real time: a second at first, twice as long each time that
 * the stream did not last, somewhat less by chance so that not everybody comes back at once.
 */
final class Reopening {
    private static final Duration LASTED = Duration.ofMinutes(1);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final int MAX_DOUBLINGS = 6;
    private static final Duration REFUSED = Duration.ofMinutes(5);
    private static final Duration TOO_OFTEN = Duration.ofMinutes(1);
    private static final Duration LONGEST_WISH = Duration.ofHours(1);
    private static final double LEAST_SHARE = 0.5;

    private final RandomGenerator random;
    private int doublings;

    Reopening(RandomGenerator random) {
        this.random = random;
    }

    /** @param lasted how long prices came over it */
    Duration after(Ended end, Duration lasted) {
        if (lasted.compareTo(LASTED) >= 0) {
            doublings = 0;
        }
        var pause = spread(FIRST.multipliedBy(1L << doublings));
        doublings = Math.min(doublings + 1, MAX_DOUBLINGS);
        return longer(pause, longer(least(end), wish(end)));
    }

    private Duration spread(Duration whole) {
        var share = LEAST_SHARE + (1 - LEAST_SHARE) * random.nextDouble();
        return Duration.ofMillis(Math.round(whole.toMillis() * share));
    }

    private static Duration least(Ended end) {
        return switch (end.reason()) {
            case REFUSED, REDIRECTED -> REFUSED;
            case RATE_LIMITED -> TOO_OFTEN;
            default -> Duration.ZERO;
        };
    }

    private static Duration wish(Ended end) {
        return end.retryAfter()
                .map(wish -> wish.compareTo(LONGEST_WISH) < 0 ? wish : LONGEST_WISH)
                .orElse(Duration.ZERO);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
