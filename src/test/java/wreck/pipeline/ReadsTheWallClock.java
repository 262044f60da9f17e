package wreck.pipeline;

import java.time.Instant;

/** Tells the time by itself. */
public record ReadsTheWallClock(Instant at) {
    public ReadsTheWallClock() {
        this(Instant.now());
    }
}
