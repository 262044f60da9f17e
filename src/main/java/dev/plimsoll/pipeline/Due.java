package dev.plimsoll.pipeline;

import java.time.Duration;

/**
 * Whether a tick is due, asked once a second. Counts on the monotonic clock, so that a jump of the wall clock neither
 * skips nor doubles a tick, and on a fixed grid, so that lateness does not add up.
 */
final class Due {
    private static final long HALF_A_CHECK = Duration.ofMillis(500).toNanos();

    private final long every;
    private long next;

    /** @param now monotonic, in nanoseconds; the first tick is due at once */
    Due(Duration every, long now) {
        this.every = every.toNanos();
        this.next = now;
    }

    /** True once for each interval; one that was missed altogether is not made up for. */
    synchronized boolean at(long now) {
        if (now - next < -HALF_A_CHECK) {
            return false;
        }
        next = now - next < every ? next + every : now + every;
        return true;
    }

    /** The next check is due, whatever was planned. */
    synchronized void now(long now) {
        next = Math.min(next, now);
    }
}
