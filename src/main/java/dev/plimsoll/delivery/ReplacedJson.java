package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Message.Replaced;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/** The column {@code replaced}. */
final class ReplacedJson {
    private ReplacedJson() {}

    static JsonArray write(List<Replaced> replaced) {
        var json = new JsonArray();
        replaced.forEach(one -> json.add(
                new JsonObject().put("type", one.type()).put("at", one.at().toString())));
        return json;
    }

    /** What {@link #write} wrote. */
    static List<Replaced> read(JsonArray json) {
        return json.stream()
                .map(JsonObject.class::cast)
                .map(one -> new Replaced(one.getString("type"), Instant.parse(one.getString("at"))))
                .toList();
    }
}
