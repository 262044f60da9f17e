package dev.plimsoll.delivery;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells times by the clock on its owner's wall. The watch writes one text for programs and people alike, with times as {@code
 * 18:00 UTC} or {@code 2026-11-20 18:00 UTC}; what has no day is the last before the message.
 */
final class WallClock {
    private static final String TIME = "(?:(?<day>\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])) )?"
            + "(?<time>(?:[01]\\d|2[0-3]):[0-5]\\d) UTC\\b";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter ANOTHER_DAY = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);

    private final ZoneId zone;
    private final Instant at;
    private final Pattern times;

    /**
     * @param at    when what is told happened
     * @param names users' words, which are left as they are whatever they look like
     */
    WallClock(ZoneId zone, Instant at, Stream<String> names) {
        this.zone = zone;
        this.at = at;
        this.times = Pattern.compile(
                Stream.concat(names.filter(name -> !name.isEmpty()).map(Pattern::quote), Stream.of(TIME))
                        .collect(Collectors.joining("|")));
    }

    static boolean isUtc(ZoneId zone) {
        return zone.normalized().equals(ZoneOffset.UTC);
    }

    /** The same words with their times as they are there. */
    String told(String words) {
        return isUtc(zone) ? words : times.matcher(words).replaceAll(this::local);
    }

    private String local(MatchResult found) {
        var day = Optional.ofNullable(found.group("day")).map(text -> LocalDate.parse(text, DAY));
        var local = Optional.ofNullable(found.group("time"))
                .map(LocalTime::parse)
                .map(time -> day.map(it -> shown(instant(it, time)))
                        .orElseGet(() -> MINUTE.withZone(zone).format(last(time))));
        return Matcher.quoteReplacement(local.orElseGet(found::group));
    }

    private String shown(Instant instant) {
        var there = instant.atZone(zone);
        var isToday = there.toLocalDate().equals(at.atZone(zone).toLocalDate());
        return (isToday ? MINUTE : ANOTHER_DAY).format(there);
    }

    private Instant last(LocalTime time) {
        var today = at.atOffset(ZoneOffset.UTC).toLocalDate();
        var instant = instant(today, time);
        return instant.isAfter(at) ? instant(today.minusDays(1), time) : instant;
    }

    private static Instant instant(LocalDate day, LocalTime time) {
        return day.atTime(time).toInstant(ZoneOffset.UTC);
    }
}
