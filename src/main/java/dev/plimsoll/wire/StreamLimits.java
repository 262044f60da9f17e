package dev.plimsoll.wire;

import java.time.Duration;

/**
 * What one stream of events may cost. How long it lasts is not bounded.
 *
 * @param opening        from the first step to the head of the answer, by monotonic clock
 * @param idle           the longest time between two events; comments are none
 * @param eventBytes     the largest event that is read
 * @param bytesPerSecond beyond them nothing is read until the next second, and the other side has to wait
 */
public record StreamLimits(Duration opening, Duration idle, int eventBytes, int bytesPerSecond) {
    private static final int MEGABYTE = 1 << 20;

    public StreamLimits {
        if (opening.toMillis() < 1 || idle.toMillis() < 1) {
            throw new IllegalArgumentException("a stream waits at least a millisecond");
        }
        if (eventBytes < 1 || bytesPerSecond < 1) {
            throw new IllegalArgumentException("a stream reads at least a byte");
        }
    }

    /** Events of at most 1 MB, at most 4 MB a second. */
    public static StreamLimits within(Duration opening, Duration idle) {
        return new StreamLimits(opening, idle, MEGABYTE, 4 * MEGABYTE);
    }
}
