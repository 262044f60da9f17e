package dev.plimsoll.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a drill may take place at random: every day between two times on the owner's wall, until it did.
 *
 * @param from   inclusive
 * @param to     exclusive; on the next day where it is not after {@code from}
 * @param latest it takes place before that
 */
public record DrillWindow(LocalTime from, LocalTime to, Instant latest) {

    private record Span(Instant start, Instant end) {
        long millis() {
            return Math.max(0, Duration.between(start, end).toMillis());
        }

        Span within(Instant first, Instant last) {
            return new Span(start.isBefore(first) ? first : start, end.isAfter(last) ? last : end);
        }
    }

    public DrillWindow {
        if (from.equals(to)) {
            throw new IllegalArgumentException("a window ends at another time than it begins, both were " + from);
        }
    }

    /** Whether this instant lies in it. */
    public boolean contains(Instant at, ZoneId zone) {
        var today = LocalDate.ofInstant(at, zone);
        return at.isBefore(latest)
                && List.of(today.minusDays(1), today).stream()
                        .map(day -> span(day, zone))
                        .anyMatch(span -> !at.isBefore(span.start()) && at.isBefore(span.end()));
    }

    /** Any instant of it after this one, each as likely as any other; empty where none is left. */
    public Optional<Instant> draw(Instant after, ZoneId zone, RandomGenerator random) {
        var spans = LocalDate.ofInstant(after, zone)
                .minusDays(1)
                .datesUntil(LocalDate.ofInstant(latest, zone).plusDays(1))
                .map(day -> span(day, zone).within(after, latest))
                .filter(span -> span.millis() > 0)
                .toList();
        var all = spans.stream().mapToLong(Span::millis).sum();
        return all == 0 ? Optional.empty() : Optional.of(at(spans, random.nextLong(all)));
    }

    private static Instant at(List<Span> spans, long millis) {
        var left = millis;
        for (var span : spans) {
            if (left < span.millis()) {
                return span.start().plusMillis(left);
            }
            left -= span.millis();
        }
        throw new IllegalArgumentException("there are no " + millis + " ms in " + spans);
    }

    private Span span(LocalDate day, ZoneId zone) {
        var last = to.isAfter(from) ? day : day.plusDays(1);
        return new Span(
                day.atTime(from).atZone(zone).toInstant(),
                last.atTime(to).atZone(zone).toInstant());
    }
}
