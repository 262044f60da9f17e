package dev.plimsoll.api;

import dev.plimsoll.position.HealthHistory.Point;
import dev.plimsoll.position.HistoryFrame;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.HealthFactor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A history as the API answers it; health factors rounded down. */
final class HistoryAnswer {
    private static final String BASIS = "recorded market prices, on the position as it is today";

    private HistoryAnswer() {}

    static JsonObject of(Position position, HistoryFrame frame, List<Point> points) {
        return new JsonObject()
                .put("position", position.id().toString())
                .put("basis", BASIS)
                .put("from", frame.from().toString())
                .put("to", frame.to().toString())
                .put("step", frame.step().toString())
                .put(
                        "points",
                        new JsonArray(points.stream().map(HistoryAnswer::point).toList()));
    }

    private static JsonObject point(Point point) {
        var json = new JsonObject().put("at", point.at().toString());
        point.seen().ifPresent(seen -> {
            put(json, "low", seen.low());
            put(json, "high", seen.high());
            put(json, "close", seen.close());
        });
        if (!point.unknown().isZero()) {
            json.put("unknownFor", point.unknown().toString());
        }
        return json;
    }

    /** Nothing where nothing is owed. */
    private static void put(JsonObject json, String field, HealthFactor factor) {
        factor.shown().ifPresent(value -> json.put(field, value.toPlainString()));
    }
}
