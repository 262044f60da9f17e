package dev.plimsoll.delivery.telegram;

import dev.plimsoll.alert.Readable;
import dev.plimsoll.delivery.AlertState;
import dev.plimsoll.delivery.AlertState.Moved;
import dev.plimsoll.rule.Severity;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** How an alert stands, in a few words above what was told of it. */
final class StateWords {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private StateWords() {}

    /** What changed since it was told; empty where nothing did. */
    static Optional<String> of(AlertState now, ZoneId zone) {
        var clock = MINUTE.withZone(zone);
        var who = now.by().map(name -> ", " + name).orElse("");
        return now.resolved()
                .map(at -> "✅ Resolved " + clock.format(at))
                .or(() -> now.snoozedUntil().map(until -> "🔕 Snoozed until " + clock.format(until) + who))
                .or(() -> now.acknowledged().map(at -> "👀 Acknowledged " + clock.format(at) + who))
                .or(() -> now.moved().map(move -> moved(now.severity(), move, clock)));
    }

    /** {@code 🔴 Worse at 19:02: critical, health factor 0.98}. */
    private static String moved(Severity severity, Moved move, DateTimeFormatter clock) {
        var way = move.worse() ? " Worse at " : " Eased at ";
        var factor = move.healthFactor()
                .map(it -> ", health factor " + Readable.ratio(it))
                .orElse("");
        return Wording.mark("", severity) + way + clock.format(move.at()) + ": "
                + severity.name().toLowerCase(Locale.ROOT) + factor;
    }
}
