package dev.plimsoll.api;

import dev.plimsoll.position.HistoryFrame;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code ?from=&to=&step=} of a history: a day in five minutes where nothing is said. */
final class HistoryQuery {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final List<Duration> USUAL = Stream.of("PT5M", "PT15M", "PT1H", "PT4H", "P1D")
            .map(Duration::parse)
            .toList();

    private final Instant now;
    private final List<Fault> faults = new ArrayList<>();

    private HistoryQuery(Instant now) {
        this.now = now.truncatedTo(ChronoUnit.MINUTES);
    }

    /** The frame, or one problem that names all faults. */
    static HistoryFrame read(Optional<String> from, Optional<String> to, Optional<String> step, Instant now) {
        return new HistoryQuery(now).frame(from, to, step);
    }

    private HistoryFrame frame(Optional<String> from, Optional<String> to, Optional<String> step) {
        var start = from.flatMap(text -> time("from", text));
        var end = to.flatMap(text -> time("to", text));
        var length = step.flatMap(this::step);
        refuseIfAny();
        var until = end.orElse(now);
        var since = start.orElseGet(() -> until.minus(DAY));
        checkOrder(since, until);
        refuseIfAny();
        var each = length.orElseGet(() -> usual(since, until));
        checkCount(since, until, each);
        refuseIfAny();
        return HistoryFrame.of(since, until, each);
    }

    private Optional<Instant> time(String name, String text) {
        var parsed = parse(text);
        if (parsed.isEmpty()) {
            refuse("'" + name + "' is an RFC 3339 time such as 2026-11-21T10:00:00Z; write a '+' in it as %2B.");
        }
        return parsed.map(instant -> instant.truncatedTo(ChronoUnit.MINUTES));
    }

    private static Optional<Instant> parse(String text) {
        try {
            return Optional.of(text)
                    .filter(it -> it.length() <= 40)
                    .map(OffsetDateTime::parse)
                    .filter(time -> time.getYear() >= 1970 && time.getYear() <= 9999)
                    .map(OffsetDateTime::toInstant);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Optional<Duration> step(String text) {
        var parsed = duration(text)
                .filter(step -> step.compareTo(SHORTEST) >= 0 && step.compareTo(LONGEST) <= 0)
                .filter(step -> step.equals(step.truncatedTo(ChronoUnit.MINUTES)));
        if (parsed.isEmpty()) {
            refuse("'step' is a duration in whole minutes, from PT1M to P31D: PT5M.");
        }
        return parsed;
    }

    private static Optional<Duration> duration(String text) {
        try {
            return text.length() <= 40 ? Optional.of(Duration.parse(text)) : Optional.empty();
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private void checkOrder(Instant from, Instant to) {
        if (to.isAfter(now)) {
            refuse("'to' lies in the future, and now it is " + now + ": leave it out for all that there is.");
        } else if (!from.isBefore(to)) {
            refuse("'from' is " + from + " and 'to' " + to + ": a history begins at least a minute before it ends.");
        }
    }

    private static Duration usual(Instant from, Instant to) {
        return USUAL.stream()
                .filter(step -> HistoryFrame.count(from, to, step) <= HistoryFrame.MOST_POINTS)
                .findFirst()
                .orElse(USUAL.getLast());
    }

    private void checkCount(Instant from, Instant to, Duration step) {
        var points = HistoryFrame.count(from, to, step);
        if (points > HistoryFrame.MOST_POINTS) {
            refuse("From " + from + " to " + to + " by " + step + " are " + points + " points, and "
                    + HistoryFrame.MOST_POINTS + " is the most: take a longer 'step' or a shorter time.");
        }
    }

    private void refuse(String detail) {
        faults.add(new Fault(detail, ""));
    }

    private void refuseIfAny() {
        if (!faults.isEmpty()) {
            throw Problems.malformed(faults);
        }
    }
}
