package dev.plimsoll.pipeline.digest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Times as the reader's clock and calendar show them. */
record WallClock(ZoneId zone) {
    private static final int MOST_DAYS = 3;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);

    /** {@code 08:00} */
    String time(Instant at) {
        return TIME.format(at.atZone(zone));
    }

    /** {@code Thu 19 Nov, 03:10} */
    String moment(Instant at) {
        return DAY.format(at.atZone(zone)) + ", " + time(at);
    }

    String day(LocalDate date) {
        return DAY.format(date);
    }

    /** {@code Thu 19 Nov, Fri 20 Nov and 4 more days} */
    String days(List<LocalDate> dates) {
        var named = dates.stream().limit(MOST_DAYS).map(this::day).collect(Collectors.joining(", "));
        var more = dates.size() - MOST_DAYS;
        return more <= 0 ? named : named + " and " + more + (more == 1 ? " more day" : " more days");
    }
}
