package dev.plimsoll.chat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** One alert in a line. */
final class AlertWords {
    private AlertWords() {}

    /** {@code Critical: ETH loan, since 03:10, acknowledged 03:12}. */
    static String line(JsonObject alert, Times times) {
        var severity = alert.getString("severity");
        var line = severity.substring(0, 1).toUpperCase(Locale.ROOT) + severity.substring(1) + ": " + about(alert)
                + ", since " + time(alert, "startedAt", times).orElse("?");
        return line
                + time(alert, "acknowledgedAt", times)
                        .map(at -> ", acknowledged " + at)
                        .orElse("")
                + time(alert, "resolvedAt", times).map(at -> ", over " + at).orElse("");
    }

    /** {@code ETH loan}. */
    static String about(JsonObject alert) {
        return Optional.ofNullable(alert.getJsonObject("position"))
                .map(position -> position.getString("name"))
                .orElseGet(() -> alert.getJsonObject("rule", new JsonObject()).getString("name", "alert"));
    }

    private static Optional<String> time(JsonObject alert, String field, Times times) {
        return Optional.ofNullable(alert.getString(field)).map(Instant::parse).map(times::shown);
    }
}
