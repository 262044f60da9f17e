package dev.plimsoll.delivery.telegram;

import dev.plimsoll.delivery.AlertState;
import dev.plimsoll.rule.Severity;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** How an alert stands, in a few words above what was told of it. */
final class StateWords {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private StateWords() {}

    /** What changed since it was told as one of this severity; empty where nothing did. */
    static Optional<String> since(AlertState now, Severity told, ZoneId zone) {
        var clock = MINUTE.withZone(zone);
        var who = now.by().map(name -> ", " + name).orElse("");
        return now.resolved()
                .map(at -> "✅ Resolved " + clock.format(at))
                .or(() -> now.snoozedUntil().map(until -> "🔕 Snoozed until " + clock.format(until) + who))
                .or(() -> now.acknowledged().map(at -> "👀 Acknowledged " + clock.format(at) + who))
                .or(() -> now.severity() == told ? Optional.empty() : Optional.of(moved(now, told, clock)));
    }

    private static String moved(AlertState now, Severity told, DateTimeFormatter clock) {
        var way = now.severity().compareTo(told) > 0 ? "Worse: " : "Eased: ";
        var severity = now.severity().name().toLowerCase(Locale.ROOT);
        return Wording.mark("", now.severity()) + " " + way + severity + " since " + clock.format(now.since());
    }
}
