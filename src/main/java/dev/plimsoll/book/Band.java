package dev.plimsoll.book;

import java.time.Instant;
import java.util.Collection;

/**
 * Where the state of a (rule, subject) cannot change: while the lowest and the highest value that the prices allow lie
 * both within it, and before it is due.
 *
 * @param from the lowest value; a health factor for a position, what its condition measures for an asset
 * @param to   the highest value, itself within; infinite when no value is too high
 * @param due  from this instant on time alone may change it: a hold is over, a repeat is due, a snooze ends
 */
public record Band(double from, double to, Instant due) {

    /** Selected by every tick. */
    public static final Band NOWHERE = new Band(Double.POSITIVE_INFINITY, 0, Instant.MIN);

    /** Later than anything is due: only a gap in time, or a clock that is set back, ends it. */
    static final Instant AFTER_A_GAP = Instant.MAX.minusSeconds(1);

    /** Selected by every tick in which there may be anything to see. */
    static final Band UNSEEN = NOWHERE.dueAt(Instant.MAX);

    /** No value and no time changes it. */
    public static final Band EVERYWHERE = new Band(0, Double.POSITIVE_INFINITY, Instant.MAX);

    /** Where both hold. */
    public Band and(Band other) {
        return new Band(Math.max(from, other.from), Math.min(to, other.to), due.isBefore(other.due) ? due : other.due);
    }

    /** Where all hold; everywhere when there are none. */
    public static Band all(Collection<Band> bands) {
        return bands.stream().reduce(EVERYWHERE, Band::and);
    }

    /** No value is within. */
    boolean isEmpty() {
        return from > to;
    }

    /** The same values, due at this instant. */
    public Band dueAt(Instant instant) {
        return new Band(from, to, instant);
    }

    /** Whether both ends are within and it is not due; never when one of them is not a number. */
    boolean holds(double low, double high, Instant now) {
        return low >= from && high <= to && now.isBefore(due);
    }
}
