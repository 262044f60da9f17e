package dev.plimsoll.pipeline;

import java.time.Duration;

/**
 * Whether a replica holds the watch and gets nowhere with it, so that another one should try; and for how long it then
 * leaves it alone. On the monotonic clock, in nanoseconds.
 */
final class Stall {
    private final long allowed;
    private final long pause;
    private long since;
    private boolean isAside;
    private long until;

    /**
     * @param allowed how long the watch may be held without a tick that ends well
     * @param pause   for how long it is left alone then: long enough for another replica to take it
     */
    Stall(Duration allowed, Duration pause, long now) {
        this.allowed = allowed.toNanos();
        this.pause = pause.toNanos();
        this.since = now;
    }

    /** A tick has ended well, or none could: the watch is not held, or the database is not there. */
    synchronized void none(long now) {
        since = now;
    }

    /** @param sinceLoad since the book was read to its end; no tick ends before */
    synchronized boolean isOn(long now, Duration sinceLoad) {
        return Math.min(now - since, sinceLoad.toNanos()) > allowed;
    }

    /** The watch is left alone from now on. */
    synchronized void stepAside(long now) {
        isAside = true;
        until = now + pause;
        since = until;
    }

    synchronized boolean isAside(long now) {
        isAside = isAside && now - until < 0;
        return isAside;
    }
}
