package dev.plimsoll.wire;

import io.vertx.core.buffer.Buffer;

/**
 * One server-sent event.
 *
 * @param type as the server named it; {@code message} where it did not
 * @param data its data lines, joined by line feeds, as the bytes that came
 */
public record ServerEvent(String type, Buffer data) {
    static final String UNNAMED = "message";
}
