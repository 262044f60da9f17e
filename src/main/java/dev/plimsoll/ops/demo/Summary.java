package dev.plimsoll.ops.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The end of the demo: for each position when it was warned, when it would have been liquidated, and what that costs. */
final class Summary {
    private final CrashWindow crash;
    private final List<JsonObject> events;

    Summary(CrashWindow crash, List<JsonObject> events) {
        this.crash = crash;
        this.events = events;
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add("  " + crash.title() + ", prices by: " + crash.origin());
        new Tape(crash).origins().forEach(origin -> lines.add("    " + origin));
        lines.add("  Stablecoins without candles are held at 1 USD. Liquidation is read from the lows of real bars.");
        lines.add("");
        crash.positions().forEach(position -> lines.addAll(about(position)));
        return lines;
    }

    private List<String> about(JsonNode position) {
        var told = events.stream().filter(event -> isAbout(event, position)).toList();
        var warned = first(told, "warning").or(() -> first(told, "critical"));
        var liquidation = Liquidation.of(crash, position);
        var lines = new ArrayList<String>();
        lines.add("  " + position.get("name").asText());
        lines.add("    warned      " + warned.map(Summary::when).orElse("not at all: it never came near"));
        lines.add(
                "    critical    " + first(told, "critical").map(Summary::when).orElse("never"));
        lines.add("    liquidated  "
                + liquidation
                        .map(found -> Screen.time(found.at()) + " UTC or soon after, had nothing been done")
                        .orElse("not in this crash"));
        liquidation.ifPresent(found -> lines.add(leadTime(warned, found) + cost(told)));
        return lines;
    }

    private static String leadTime(Optional<JsonObject> warned, Liquidation liquidation) {
        return warned.map(event -> "    lead time   " + hours(Duration.between(at(event), liquidation.at())))
                .orElse("    NOT WARNED IN TIME");
    }

    private static String cost(List<JsonObject> told) {
        return told.stream()
                .map(event -> event.getJsonObject("data").getJsonObject("health", new JsonObject()))
                .map(health -> health.getString("lossAtLiquidation"))
                .filter(loss -> loss != null)
                .reduce((earlier, later) -> later)
                .map(loss -> "; liquidation would have cost about " + loss + " USD")
                .orElse("");
    }

    /** Every position that would have been liquidated was warned before. */
    boolean allWarnedInTime() {
        return crash.positions().stream()
                .allMatch(position -> Liquidation.of(crash, position)
                        .map(found -> events.stream()
                                .filter(event -> isAbout(event, position))
                                .anyMatch(event -> at(event).isBefore(found.at())))
                        .orElse(true));
    }

    private static boolean isAbout(JsonObject event, JsonNode position) {
        var named = event.getJsonObject("data").getJsonObject("position");
        return named != null && position.get("key").asText().equals(named.getString("key"));
    }

    private static Optional<JsonObject> first(List<JsonObject> told, String severity) {
        return told.stream()
                .filter(event -> severity.equals(
                        event.getJsonObject("data").getJsonObject("alert").getString("severity")))
                .findFirst();
    }

    private static String when(JsonObject event) {
        return Screen.time(at(event)) + " UTC";
    }

    private static Instant at(JsonObject event) {
        return Instant.parse(event.getString("timestamp"));
    }

    private static String hours(Duration duration) {
        return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
}
