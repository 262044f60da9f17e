package dev.plimsoll.account;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.stream.Collectors;

/** The labels an account puts on what it owns, as they stand in a column and in answers. */
public final class LabelsJson {
    private LabelsJson() {}

    public static JsonObject write(Map<String, String> labels) {
        var json = new JsonObject();
        labels.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(label -> json.put(label.getKey(), label.getValue()));
        return json;
    }

    /** What {@link #write} wrote. */
    public static Map<String, String> read(JsonObject json) {
        return json.stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, label -> label.getValue().toString()));
    }
}
