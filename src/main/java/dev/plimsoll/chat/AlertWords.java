package dev.plimsoll.chat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** One alert in a line. */
final class AlertWords {
    private AlertWords() {}

    /**
     * {@code Critical: ETH loan, since 03:10, acknowledged 03:12, by Ada}.
     *
     * @param alert with its timeline, to say who acknowledged it
     */
    static String line(JsonObject alert, Times times) {
        var severity = alert.getString("severity");
        var line = severity.substring(0, 1).toUpperCase(Locale.ROOT) + severity.substring(1) + ": " + about(alert)
                + ", since " + time(alert, "startedAt", times).orElse("?");
        return line
                + time(alert, "acknowledgedAt", times)
                        .map(at -> ", acknowledged " + at
                                + acknowledger(alert).map(who -> ", " + who).orElse(""))
                        .orElse("")
                + time(alert, "resolvedAt", times).map(at -> ", over " + at).orElse("");
    }

    /** {@code ETH loan}. */
    static String about(JsonObject alert) {
        return Optional.ofNullable(alert.getJsonObject("position"))
                .map(position -> position.getString("name"))
                .orElseGet(() -> alert.getJsonObject("rule", new JsonObject()).getString("name", "alert"));
    }

    static boolean isAcknowledged(JsonObject alert) {
        return alert.getString("acknowledgedAt") != null;
    }

    private static Optional<String> acknowledger(JsonObject alert) {
        return alert.getJsonArray("timeline", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .filter(step -> step.getString("type").equals("alert.acknowledged"))
                .reduce((earlier, later) -> later)
                .flatMap(step -> Optional.ofNullable(
                        step.getJsonObject("detail", new JsonObject()).getString("note")));
    }

    private static Optional<String> time(JsonObject alert, String field, Times times) {
        return Optional.ofNullable(alert.getString(field)).map(Instant::parse).map(times::shown);
    }
}
