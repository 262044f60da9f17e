package dev.plimsoll.crash;

import java.time.Duration;
import java.time.Instant;

/**
 * One fault that was done.
 *
 * @param until it had ended: what was stopped runs again
 */
record Strike(String what, Instant from, Instant until) {
    /** From a receiver's answer to its record in the database, on a busy machine. */
    private static final Duration IN_FLIGHT = Duration.ofSeconds(3);

    /** A moment's fault. */
    static Strike at(String what, Instant at) {
        return new Strike(what, at, at);
    }

    /** Whether what the receiver accepted then may not have been recorded. */
    boolean mayHaveLostTheRecordOf(Instant acceptance) {
        return acceptance.isAfter(from.minus(IN_FLIGHT)) && acceptance.isBefore(until.plus(IN_FLIGHT));
    }

    Duration length() {
        return Duration.between(from, until);
    }
}
