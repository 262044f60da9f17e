package dev.plimsoll.alert;

import java.time.Instant;

/**
 * Where one level stands between off and on.
 *
 * @param since when it got there; holds count from here
 */
public record Track(Stage stage, Instant since) {

    public enum Stage {
        /** Breached, but not yet for as long as its hold. */
        RISING,
        ON,
        /** Clear, but not yet for as long as its clearing hold. */
        FALLING
    }

    /** On until its clearing hold is over: judged against its clearing value, not its limit. */
    public boolean isOn() {
        return stage != Stage.RISING;
    }
}
