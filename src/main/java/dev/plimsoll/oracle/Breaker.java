package dev.plimsoll.oracle;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps a lane from asking a source that does not answer.
 *
 * <p>Opens after some failures in a row, or at once where the source says it is asked too often; after a pause lets one
 * probe through, and doubles the pause only where that is asked too often again: an outage is over when it is over. Times are the tick's. Not thread-safe: its lane guards it.
 */
final class Breaker {
    private static final int MAX_DOUBLINGS = 4;

    private final int threshold;
    private final Duration pause;
    private int failures;
    private int doublings;
    private Optional<Instant> opened = Optional.empty();

    Breaker(int threshold, Duration pause) {
        if (threshold < 1 || pause.isNegative()) {
            throw new IllegalArgumentException("plimsoll.oracle.breaker-failures is at least 1 and breaker-pause not"
                    + " negative, were " + threshold + " and " + pause);
        }
        this.threshold = threshold;
        this.pause = pause;
    }

    boolean isOpen() {
        return opened.isPresent();
    }

    int failures() {
        return failures;
    }

    /** True while closed, and when a probe is due. A clock that went back does not prolong the pause. */
    boolean admits(Instant now) {
        return opened.map(since -> now.isBefore(since) || !now.isBefore(since.plus(rest())))
                .orElse(true);
    }

    /** When its pause is over; empty while closed. */
    Optional<Instant> until() {
        return opened.map(since -> since.plus(rest()));
    }

    void succeeded() {
        failures = 0;
        doublings = 0;
        opened = Optional.empty();
    }

    /** @param atOnce opens it whatever the number of failures */
    void failed(Instant now, boolean atOnce) {
        failures++;
        if (opened.isPresent() && atOnce) {
            doublings = Math.min(doublings + 1, MAX_DOUBLINGS);
        }
        if (opened.isPresent() || atOnce || failures >= threshold) {
            opened = Optional.of(now);
        }
    }

    private Duration rest() {
        return pause.multipliedBy(1L << doublings);
    }
}
