package dev.plimsoll.chat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as somebody reads them on their own clock. */
final class Times {
    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter ANOTHER_DAY = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);

    private final ZoneId zone;
    private final Clock clock;

    Times(ZoneId zone, Clock clock) {
        this.zone = zone;
        this.clock = clock;
    }

    /** {@code 14:05}, {@code 22 Nov 03:10}. */
    String shown(Instant instant) {
        var there = instant.atZone(zone);
        var now = clock.instant().atZone(zone);
        return (there.toLocalDate().equals(now.toLocalDate()) ? TODAY : ANOTHER_DAY).format(there);
    }
}
