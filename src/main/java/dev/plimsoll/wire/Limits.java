package dev.plimsoll.wire;

import java.time.Duration;

/**
 * What one call may cost.
 *
 * @param deadline  from the first step (waiting for a connection) to the last byte of the body, by monotonic clock
 * @param bodyBytes how much of the answer's body is read
 * @param excess    what happens to an answer with a larger body
 */
public record Limits(Duration deadline, int bodyBytes, Excess excess) {
    /** Of a status line and of the line before a chunk, in bytes. */
    static final int LONGEST_LINE = 256;

    private static final int MEGABYTE = 1 << 20;
    private static final int FEW = 16;

    public Limits {
        if (deadline.toMillis() < 1) {
            throw new IllegalArgumentException("a deadline is at least a millisecond, was " + deadline);
        }
        if (bodyBytes < 0) {
            throw new IllegalArgumentException("a body limit is not negative, was " + bodyBytes);
        }
    }

    /** Larger bodies than this one fail as {@link WireFailure.TooLarge}. */
    public Limits(Duration deadline, int bodyBytes) {
        this(deadline, bodyBytes, Excess.REFUSE);
    }

    /** At most 1 MB of body. */
    public static Limits within(Duration deadline) {
        return new Limits(deadline, MEGABYTE);
    }

    /** How many chunks a body may come in: with their lines they are no larger than the largest body. */
    int parts() {
        return FEW + bodyBytes / LONGEST_LINE;
    }

    /** What to do with a body beyond the limit. Both stop reading and close the connection. */
    public enum Excess {
        /** The call fails: half a document is worth nothing. */
        REFUSE,
        /** The answer counts, with what was read: its status is what matters. */
        CUT
    }
}
