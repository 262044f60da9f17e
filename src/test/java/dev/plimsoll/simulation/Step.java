package dev.plimsoll.simulation;

/** What a process does next, up to its next statement or pause for thought; in between everything may happen. */
@FunctionalInterface
public interface Step {
    Step END = () -> {
        throw new IllegalStateException("it has ended");
    };

    /** @return what comes after it, {@link #END} when nothing does */
    Step run();
}
