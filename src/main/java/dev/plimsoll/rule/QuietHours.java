package dev.plimsoll.rule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Hours of every day in which a person wants to hear of nothing but the critical, by the clock on their wall.
 *
 * <p>Where that clock is put forward, a time it skips is the instant at which it is; where it is put back, of a time it
 * shows twice {@code from} is the earlier and {@code to} the later: the hours may grow by an hour, but never split.
 *
 * @param from inclusive
 * @param to   exclusive; on the next day where it is not after {@code from}
 */
public record QuietHours(LocalTime from, LocalTime to) {
    public QuietHours {
        if (from.equals(to)) {
            throw new IllegalArgumentException("quiet hours end at another time than they begin, both were " + from);
        }
    }

    /** When the quiet hours that this instant lies in are over; empty when it lies in none. */
    public Optional<Instant> endingAfter(Instant at, ZoneId zone) {
        var today = LocalDate.ofInstant(at, zone);
        return Stream.of(today.minusDays(1), today, today.plusDays(1)) // a clock put back at midnight shows a day twice
                .filter(day -> !start(day, zone).isAfter(at))
                .map(day -> end(day, zone))
                .filter(end -> end.isAfter(at))
                .max(Instant::compareTo);
    }

    private Instant start(LocalDate day, ZoneId zone) {
        return instant(day.atTime(from), zone, (before, after) -> before);
    }

    private Instant end(LocalDate day, ZoneId zone) {
        var last = to.isAfter(from) ? day : day.plusDays(1);
        return instant(last.atTime(to), zone, (before, after) -> after);
    }

    /** @param twice which of the offsets before and after a change of clocks counts for a time that is shown twice */
    private static Instant instant(
            LocalDateTime shown, ZoneId zone, BiFunction<ZoneOffset, ZoneOffset, ZoneOffset> twice) {
        var change = zone.getRules().getTransition(shown);
        if (change == null) {
            return shown.toInstant(zone.getRules().getOffset(shown));
        }
        return change.isGap()
                ? change.getInstant()
                : shown.toInstant(twice.apply(change.getOffsetBefore(), change.getOffsetAfter()));
    }
}
