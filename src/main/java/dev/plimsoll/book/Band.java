package dev.plimsoll.book;

import java.time.Instant;
import java.util.Collection;

/**
 * Where a state cannot change: a rectangle of the two ends of the health factor, and the instant until which it holds.
 *
 * @param due from this instant on the state may change whatever prices do: a hold ends, a repeat is due, a snooze ends
 */
public record Band(double lowFrom, double lowTo, double highFrom, double highTo, Instant due) {

    /** Holds nowhere: selected by every tick. */
    public static final Band NOWHERE = new Band(1, 0, 1, 0, Instant.MIN);

    /** Holds everywhere and always: no price and no time changes this state. */
    public static final Band EVERYWHERE =
            new Band(0, Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY, Instant.MAX);

    /** Where both hold. */
    public Band and(Band other) {
        return new Band(
                Math.max(lowFrom, other.lowFrom),
                Math.min(lowTo, other.lowTo),
                Math.max(highFrom, other.highFrom),
                Math.min(highTo, other.highTo),
                due.isBefore(other.due) ? due : other.due);
    }

    /** Where all hold; everywhere when there are none. */
    public static Band all(Collection<Band> bands) {
        return bands.stream().reduce(EVERYWHERE, Band::and);
    }

    /** The same, but at the latest at this instant. */
    public Band until(Instant instant) {
        return due.isBefore(instant) ? this : new Band(lowFrom, lowTo, highFrom, highTo, instant);
    }
}
