package dev.plimsoll.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The {@code message} block of webhook bodies. What there is nothing to say of is left out. */
public final class TextJson {
    private TextJson() {}

    public static JsonObject write(Text text) {
        var json = new JsonObject().put("happened", text.happened());
        text.stakes().ifPresent(words -> json.put("stakes", words));
        text.remedy().ifPresent(words -> json.put("remedy", words));
        text.remark().ifPresent(words -> json.put("remark", words));
        return json.put(
                "figures",
                new JsonArray(text.figures().stream().map(TextJson::figure).toList()));
    }

    /** What {@link #write} wrote. */
    public static Text read(JsonObject json) {
        return new Text(
                json.getString("happened"),
                Optional.ofNullable(json.getString("stakes")),
                Optional.ofNullable(json.getString("remedy")),
                Optional.ofNullable(json.getString("remark")),
                json.getJsonArray("figures", new JsonArray()).stream()
                        .map(JsonObject.class::cast)
                        .map(figure -> new Text.Figure(figure.getString("name"), figure.getString("value")))
                        .toList());
    }

    private static JsonObject figure(Text.Figure figure) {
        return new JsonObject().put("name", figure.name()).put("value", figure.value());
    }
}
