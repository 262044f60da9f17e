package dev.plimsoll.api;

import dev.plimsoll.alert.Drill;
import dev.plimsoll.alert.DrillWindow;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A drill as the API answers it. When a random one takes place, nobody is told before. */
final class DrillAnswer {
    private DrillAnswer() {}

    static JsonObject of(Drill drill) {
        return new JsonObject()
                .put("id", drill.id().toString())
                .put("rule", drill.rule().map(UUID::toString).orElse(null))
                .put("state", drill.state().word())
                .put("why", drill.why().orElse(null))
                .put("at", drill.window().isPresent() ? null : drill.dueAt().toString())
                .put("random", drill.window().map(DrillAnswer::window).orElse(null))
                .put("startedAt", time(drill.startedAt()))
                .put("acknowledgedAt", time(drill.acknowledgedAt()))
                .put("acknowledgedBy", drill.acknowledgedBy().orElse(null))
                .put(
                        "timeToAcknowledge",
                        drill.timeToAcknowledge().map(Duration::toString).orElse(null))
                .put("endedAt", time(drill.endedAt()))
                .put("createdAt", drill.createdAt().toString());
    }

    private static JsonObject window(DrillWindow window) {
        return new JsonObject()
                .put("from", window.from().toString())
                .put("to", window.to().toString())
                .put("until", window.latest().toString());
    }

    /** Null in JSON where it has not come to that. */
    private static String time(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse(null);
    }
}
