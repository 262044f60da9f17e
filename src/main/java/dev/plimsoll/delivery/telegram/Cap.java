package dev.plimsoll.delivery.telegram;

import java.time.Duration;

/**
 * So many calls within any span of this length.
 *
 * @param bound what it bounds
 */
record Cap(Draw.Bound bound, int calls, Duration span) {
    private static final int PERCENT = 100;

    Cap {
        if (calls < 1 || span.toMillis() < 1) {
            throw new IllegalArgumentException("a limit lets through at least 1, was " + calls + " in " + span);
        }
    }

    /** How many of them this precedence may use: it leaves room for those before it. */
    int usable(Precedence precedence) {
        var percent = switch (precedence) {
            case CRITICAL -> PERCENT;
            case USUAL -> 80;
            case LAST -> 50;
        };
        return Math.max(1, calls * percent / PERCENT);
    }

    /** What is left of it for one of so many. */
    Cap share(int sharers) {
        return calls >= sharers
                ? new Cap(bound, calls / sharers, span)
                : new Cap(bound, calls, span.multipliedBy(sharers));
    }

    /** From one call to the next where they come evenly. */
    Duration interval() {
        return span.dividedBy(calls);
    }
}
