package dev.plimsoll.rule;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** How a rule tells as JSON, the same in the database and in answers. */
public final class TellingJson {
    private TellingJson() {}

    public static JsonArray escalation(List<Escalation> steps) {
        return new JsonArray(steps.stream().map(TellingJson::step).toList());
    }

    private static JsonObject step(Escalation step) {
        return new JsonObject()
                .put("after", step.after().toString())
                .put(
                        "channels",
                        new JsonArray(
                                step.channels().stream().map(UUID::toString).toList()));
    }

    /** What {@link #escalation(List)} wrote. */
    public static List<Escalation> readEscalation(JsonArray json) {
        return json.stream()
                .map(JsonObject.class::cast)
                .map(step -> new Escalation(
                        Duration.parse(step.getString("after")),
                        step.getJsonArray("channels").stream()
                                .map(id -> UUID.fromString(id.toString()))
                                .toList()))
                .toList();
    }

    /** {@code {"from":"22:00","to":"07:00"}}. */
    public static JsonObject quietHours(QuietHours hours) {
        return new JsonObject()
                .put("from", hours.from().toString())
                .put("to", hours.to().toString());
    }
}
