package dev.plimsoll.alert;

import dev.plimsoll.rule.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The life of an alert: what a tick makes of it. */
public final class Life {
    private Life() {}

    /** The next state, and what happened on the way. Equal to {@code state} when nothing changed. */
    public static Step next(AlertState state, Observation seen) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Ends an open alert for a reason that lies outside the market: its rule or position is gone or changed. */
    public static Step end(AlertState state, Instant at, Because because) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** The next instant at which time alone may change it: a hold over, a repeat due, a snooze over. */
    public static Optional<Instant> nextDue(AlertState state, List<Level> levels) {
        throw new UnsupportedOperationException("not written yet");
    }
}
