package dev.plimsoll.delivery;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** The webhook body of format {@code standard}: type, timestamp, apiVersion, data; below 20 kB. */
public final class StandardBody {
    private static final int MAX_BYTES = 20_000;
    private static final int MOST_BYTES_A_CHARACTER = 3;

    /** What is left out of a body that is too long, the least needed first; the API still has all of it. */
    private static final List<Consumer<JsonObject>> SHORTER = List.of(
            data -> data.remove("replaced"),
            data -> data.getJsonObject("health", new JsonObject()).remove("prices"),
            data -> data.remove("health"),
            data -> data.getJsonObject("reference", new JsonObject()).remove("sources"),
            data -> data.getJsonObject("price", new JsonObject()).remove("sources"),
            data -> data.getJsonObject("position", new JsonObject()).remove("labels"));

    private StandardBody() {}

    public static String of(Message message) {
        var whole = whole(message);
        return message.earlier().isEmpty() && isShort(whole) ? whole : altered(message);
    }

    /** With the data as they are, which are JSON already: to read them and write them again costs more than to sign them. */
    private static String whole(Message message) {
        var head = head(message.type(), message.at()).encode();
        return head.substring(0, head.length() - 1) + ",\"data\":" + message.data() + "}";
    }

    private static boolean isShort(String body) {
        return body.length() < MAX_BYTES / MOST_BYTES_A_CHARACTER
                || body.getBytes(StandardCharsets.UTF_8).length < MAX_BYTES;
    }

    private static String altered(Message message) {
        var data = new JsonObject(message.data());
        message.earlier().ifPresent(words -> tellReplaced(data, message, words));
        var body = body(message.type(), message.at(), data);
        for (var shorten : SHORTER) {
            if (isShort(body)) {
                return body;
            }
            shorten.accept(data);
            body = body(message.type(), message.at(), data);
        }
        return body;
    }

    private static String body(String type, Instant at, JsonObject data) {
        return head(type, at).put("data", data).encode();
    }

    private static JsonObject head(String type, Instant at) {
        return new JsonObject()
                .put("type", type)
                .put("timestamp", at.toString())
                .put("apiVersion", "1");
    }

    /** In the text for people, and as a list for programs. */
    private static void tellReplaced(JsonObject data, Message message, String words) {
        var list = new JsonArray();
        message.lately()
                .forEach(one -> list.add(new JsonObject()
                        .put("type", one.type())
                        .put("timestamp", one.at().toString())));
        data.put("replaced", list);
        data.put("text", data.getString("text", "") + " " + words);
    }
}
