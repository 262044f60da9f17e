package dev.plimsoll.pipeline;

import dev.plimsoll.risk.Cause;
import java.time.Instant;

/**
 * How many accounts one cause blinds.
 *
 * @param accounts  of which a position cannot be judged for it
 * @param holders   accounts with a position, blind or not
 * @param positions that cannot be judged for it
 * @param since     the first blind tick of the first of them
 */
record Extent(Cause cause, int accounts, int holders, int positions, Instant since) {
    private static final int MANY_PERCENT = 20;
    private static final int FEW_PERCENT = 10;

    /** The operator is to hear of it. */
    boolean isWide() {
        return accounts * 100L > holders * (long) MANY_PERCENT;
    }

    /** The operator who heard of it is to hear that it is over. */
    boolean isNarrow() {
        return accounts * 100L <= holders * (long) FEW_PERCENT;
    }

    /** With what it blinds of another account. */
    Extent and(Extent other) {
        return plus(other, accounts + other.accounts);
    }

    Extent andOfSameAccount(Extent other) {
        return plus(other, accounts);
    }

    private Extent plus(Extent other, int together) {
        return new Extent(
                cause,
                together,
                holders,
                positions + other.positions,
                since.isBefore(other.since) ? since : other.since);
    }
}
