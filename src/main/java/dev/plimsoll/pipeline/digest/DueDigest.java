package dev.plimsoll.pipeline.digest;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * A digest that is to be looked at: it is due, or nobody knows when it will be.
 *
 * @param last the local day of the one before
 */
record DueDigest(Digest digest, ZoneId zone, Optional<LocalDate> last) {

    /** What was missed for longer is not in it. */
    private static final Duration LONGEST = Duration.ofDays(31);

    /** What goes out now; empty where it is not due by the clock of the zone, or that of the day went out. */
    Optional<Edition> edition(Instant now) {
        var days = digest.next().map(due -> days(due, now)).orElse(List.of());
        return days.isEmpty() ? Optional.empty() : Optional.of(edition(days, now));
    }

    /** When the next one is due. */
    Instant next(Instant now) {
        var done = edition(now).map(Edition::date).or(() -> last);
        return occasion().on(occasion().next(now, zone, done), zone);
    }

    private List<LocalDate> days(Instant due, Instant now) {
        return occasion().dueBy(LocalDate.ofInstant(due, zone), now, zone).stream()
                .filter(day -> last.filter(before -> !day.isAfter(before)).isEmpty())
                .toList();
    }

    private Edition edition(List<LocalDate> days, Instant now) {
        var day = days.getLast();
        return new Edition(
                digest,
                zone,
                day,
                occasion().on(day, zone),
                now,
                since(days.getFirst(), now),
                days.subList(0, days.size() - 1));
    }

    /** From the one before on; the first one looks back as far as one does. */
    private Instant since(LocalDate first, Instant now) {
        var usual = occasion().on(first.minusDays(occasion().days()), zone);
        var since = last.map(before -> occasion().on(before, zone))
                .filter(before -> before.isBefore(usual))
                .orElse(usual);
        return since.isBefore(now.minus(LONGEST)) ? now.minus(LONGEST) : since;
    }

    private Occasion occasion() {
        return digest.occasion();
    }
}
