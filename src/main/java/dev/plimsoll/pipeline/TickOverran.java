package dev.plimsoll.pipeline;

import java.time.Duration;

/** A tick was abandoned at its deadline: what it committed stays, the rest is judged again by the next. */
final class TickOverran extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TickOverran(long tick, Duration deadline) {
        super("tick " + tick + " still running after " + deadline.toSeconds() + "s");
    }
}
