package dev.plimsoll.telegram;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/** Checks what stands below a message. */
final class ServerButtons {
    private static final int MAX_DATA_BYTES = 64;
    private static final int MAX_BUTTONS = 100;

    private ServerButtons() {}

    static JsonArray of(JsonObject markup) {
        var rows = markup.getJsonArray("inline_keyboard", new JsonArray());
        var count = rows.stream().mapToInt(row -> ((JsonArray) row).size()).sum();
        if (count > MAX_BUTTONS) {
            throw Refusal.bad("reply markup is too long");
        }
        rows.forEach(row -> ((JsonArray) row).forEach(button -> check((JsonObject) button)));
        return rows;
    }

    private static void check(JsonObject button) {
        if (button.getString("text", "").isBlank()) {
            throw Refusal.bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
        }
        if (button.containsKey("url")) {
            if (!button.getString("url").matches("(https?|tg)://.+")) {
                throw Refusal.bad("inline keyboard button URL '" + button.getString("url") + "' is invalid");
            }
            return;
        }
        var bytes = button.getString("callback_data", "").getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > MAX_DATA_BYTES) {
            throw Refusal.bad("BUTTON_DATA_INVALID");
        }
    }
}
