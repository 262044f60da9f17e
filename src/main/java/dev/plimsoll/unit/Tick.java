package dev.plimsoll.unit;

import java.time.Duration;
import java.time.Instant;

/**
 * One run of the watch.
 *
 * @param number   counts up by one within a process; only for logs
 * @param at       the instant all judgement of this tick uses, by the injected clock
 * @param interval the planned distance to the next tick, on the same clock as {@code at}
 */
public record Tick(long number, Instant at, Duration interval) {
    public Tick {
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("a tick interval is positive, was " + interval);
        }
    }
}
