package dev.plimsoll.pipeline.digest;

import dev.plimsoll.pipeline.digest.Occasion.Bedtime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * One digest as it goes out.
 *
 * @param zone   of the clock on its reader's wall
 * @param date   the local day it is of
 * @param due    when it should have gone out, by the watch's clock
 * @param asOf   when it is written
 * @param since  what happened from here on is in it
 * @param missed the days before it of which there was none
 */
public record Edition(
        Digest digest, ZoneId zone, LocalDate date, Instant due, Instant asOf, Instant since, List<LocalDate> missed) {

    /** So long many of them take that are due at once. */
    private static final Duration PUNCTUAL = Duration.ofMinutes(10);

    public Edition {
        missed = List.copyOf(missed);
    }

    /** What it would be now. */
    public static Edition now(Digest digest, ZoneId zone, Instant now) {
        var since = now.minus(Duration.ofDays(digest.occasion().days()));
        return new Edition(digest, zone, LocalDate.ofInstant(now, zone), now, now, since, List.of());
    }

    boolean isLate() {
        return asOf.isAfter(due.plus(PUNCTUAL));
    }

    /** Of the time asleep; zero or less when it is morning already. */
    Duration left(Bedtime night) {
        return isLate() ? Duration.between(asOf, due.plus(night.asleep())) : night.asleep();
    }
}
