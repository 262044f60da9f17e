package dev.plimsoll.telegram;

import io.vertx.core.json.JsonObject;

/** What the server says instead of a result. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final transient JsonObject parameters;

    private Refusal(int code, String description, JsonObject parameters) {
        super(description, null, false, false);
        this.code = code;
        this.parameters = parameters;
    }

    static Refusal bad(String description) {
        return new Refusal(400, "Bad Request: " + description, new JsonObject());
    }

    static Refusal forbidden(String description) {
        return new Refusal(403, "Forbidden: " + description, new JsonObject());
    }

    static Refusal conflict(String description) {
        return new Refusal(409, "Conflict: " + description, new JsonObject());
    }

    static Refusal unauthorized() {
        return new Refusal(401, "Unauthorized", new JsonObject());
    }

    static Refusal notFound() {
        return new Refusal(404, "Not Found", new JsonObject());
    }

    static Refusal moved(long chat) {
        return new Refusal(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                new JsonObject().put("migrate_to_chat_id", chat));
    }

    static Refusal tooMany(long seconds) {
        return new Refusal(
                429, "Too Many Requests: retry after " + seconds, new JsonObject().put("retry_after", seconds));
    }

    int code() {
        return code;
    }

    long retryAfter() {
        return parameters.getLong("retry_after", 0L);
    }

    JsonObject json() {
        var json = new JsonObject().put("ok", false).put("error_code", code).put("description", getMessage());
        return parameters.isEmpty() ? json : json.put("parameters", parameters);
    }
}
