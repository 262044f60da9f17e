package dev.plimsoll.api;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.UUID;

/**
 * What the holder of a link is told.
 *
 * @param does   what a click does, in a word
 * @param kind   of what it is about: {@code alert}, {@code channel}
 * @param state  of that
 * @param button empty where there is nothing to click
 */
record LinkAnswer(String does, String kind, UUID id, String about, String state, String text, Optional<String> button) {

    JsonObject json() {
        return new JsonObject()
                .put("does", does)
                .put(kind, id.toString())
                .put("about", about)
                .put("state", state)
                .put("text", text);
    }
}
