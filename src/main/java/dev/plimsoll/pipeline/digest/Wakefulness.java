package dev.plimsoll.pipeline.digest;

import dev.plimsoll.alert.Drill;
import dev.plimsoll.alert.Readable;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether somebody would wake, and how the last trial of that went.
 *
 * @param problem as {@link dev.plimsoll.delivery.Waking#problem} has it; empty where all is well
 */
public record Wakefulness(Optional<String> problem, Optional<Drill> lastDrill) {
    static final Wakefulness UNTRIED = new Wakefulness(Optional.empty(), Optional.empty());

    /** {@code Last wake-up drill: Thu 19 Nov, 03:10, acknowledged after 4 min.} Empty where there was none. */
    Optional<String> drill(WallClock clock) {
        return lastDrill.map(drill -> "Last wake-up drill: "
                + clock.moment(drill.startedAt().orElse(drill.dueAt()))
                + drill.timeToAcknowledge()
                        .map(time -> ", acknowledged after " + Readable.duration(time))
                        .orElse(", acknowledged by nobody")
                + ".");
    }

    JsonObject addTo(JsonObject json) {
        problem.ifPresent(words -> json.put("wakingProblem", words));
        lastDrill.ifPresent(drill -> json.put("lastDrill", json(drill)));
        return json;
    }

    private static JsonObject json(Drill drill) {
        var json = new JsonObject()
                .put("id", drill.id().toString())
                .put("state", drill.state().word());
        drill.startedAt().ifPresent(start -> json.put("startedAt", start.toString()));
        drill.timeToAcknowledge().map(Duration::toString).ifPresent(time -> json.put("timeToAcknowledge", time));
        return json;
    }
}
