package dev.plimsoll.rule;

import io.vertx.core.json.JsonObject;
import java.time.LocalTime;

/** Quiet hours in messages: {@code {"from":"22:00","to":"07:00"}}. */
public final class QuietHoursJson {
    private QuietHoursJson() {}

    public static JsonObject write(QuietHours hours) {
        return new JsonObject()
                .put("from", hours.from().toString())
                .put("to", hours.to().toString());
    }

    /** What {@link #write} wrote. */
    public static QuietHours read(JsonObject json) {
        return new QuietHours(LocalTime.parse(json.getString("from")), LocalTime.parse(json.getString("to")));
    }
}
