package dev.plimsoll.api;

import io.vertx.core.json.JsonObject;

/**
 * Something that a POST made.
 *
 * @param path    where it is: {@code /positions/<id>}
 * @param body    the whole of it, as a GET would show it
 * @param secrets fields that only the first answer shows, and that are stored nowhere in the clear
 */
public record Created(String path, long version, JsonObject body, JsonObject secrets) {

    public Created(String path, long version, JsonObject body) {
        this(path, version, body, new JsonObject());
    }
}
