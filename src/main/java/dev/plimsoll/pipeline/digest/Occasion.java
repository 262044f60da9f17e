package dev.plimsoll.pipeline.digest;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a digest comes, by the clock on its reader's wall, and what it is about.
 *
 * <p>Where that clock is put forward over the time, it comes at that instant; where it shows the time twice, at the first.
 */
public sealed interface Occasion {
    LocalTime at();

    /** The word for it in the API, in the database and behind {@code digest.}. */
    String kind();

    /** Whether it comes on this day. */
    boolean isOn(LocalDate date);

    /** How long it is from one to the next, in days. */
    int days();

    record Daily(LocalTime at) implements Occasion {
        @Override
        public String kind() {
            return "daily";
        }

        @Override
        public boolean isOn(LocalDate date) {
            return true;
        }

        @Override
        public int days() {
            return 1;
        }
    }

    record Weekly(LocalTime at, DayOfWeek day) implements Occasion {
        @Override
        public String kind() {
            return "weekly";
        }

        @Override
        public boolean isOn(LocalDate date) {
            return date.getDayOfWeek() == day;
        }

        @Override
        public int days() {
            return 7;
        }
    }

    /**
     * The check before going to bed.
     *
     * @param asleep     how long nobody looks
     * @param acceptable a chance to touch liquidation in that time that is small enough, from 0 to 1
     */
    record Bedtime(LocalTime at, Duration asleep, BigDecimal acceptable) implements Occasion {
        public static final Duration USUAL_SLEEP = Duration.ofHours(8);
        public static final Duration SHORTEST_SLEEP = Duration.ofHours(1);
        public static final Duration LONGEST_SLEEP = Duration.ofHours(24);

        /** One in a thousand. */
        public static final BigDecimal USUALLY_ACCEPTABLE = new BigDecimal("0.001");

        /** As fine as a chance is told. */
        public static final BigDecimal LEAST_ACCEPTABLE = new BigDecimal("0.0001");

        public static final BigDecimal MOST_ACCEPTABLE = new BigDecimal("0.5");

        public Bedtime {
            if (asleep.compareTo(SHORTEST_SLEEP) < 0 || asleep.compareTo(LONGEST_SLEEP) > 0) {
                throw new IllegalArgumentException("one sleeps for 1 to 24 hours, was " + asleep);
            }
            if (acceptable.compareTo(LEAST_ACCEPTABLE) < 0 || acceptable.compareTo(MOST_ACCEPTABLE) > 0) {
                throw new IllegalArgumentException(
                        "an acceptable chance is 0.0001 to 0.5, was " + acceptable.toPlainString());
            }
        }

        @Override
        public String kind() {
            return "bedtime";
        }

        @Override
        public boolean isOn(LocalDate date) {
            return true;
        }

        @Override
        public int days() {
            return 1;
        }
    }

    /** When it comes on this day. */
    default Instant on(LocalDate date, ZoneId zone) {
        var shown = date.atTime(at());
        var change = zone.getRules().getTransition(shown);
        return change != null && change.isGap()
                ? change.getInstant()
                : shown.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }

    /** The first day it comes on at or after this instant. @param last the day of the one before, which has no second */
    default LocalDate next(Instant from, ZoneId zone, Optional<LocalDate> last) {
        return Stream.iterate(LocalDate.ofInstant(from, zone).minusDays(1), date -> date.plusDays(1))
                .filter(this::isOn)
                .filter(date -> last.filter(before -> !date.isAfter(before)).isEmpty())
                .filter(date -> !on(date, zone).isBefore(from))
                .findFirst()
                .orElseThrow();
    }

    /** The days it should have come on, from this one up to now. */
    default List<LocalDate> dueBy(LocalDate first, Instant now, ZoneId zone) {
        return first.datesUntil(LocalDate.ofInstant(now, zone).plusDays(2))
                .filter(this::isOn)
                .filter(date -> !on(date, zone).isAfter(now))
                .toList();
    }
}
