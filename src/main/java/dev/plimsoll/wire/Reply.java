package dev.plimsoll.wire;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the other side answered, whatever its status: a 3xx or a 500 is an answer too.
 *
 * @param headers names are compared without case
 * @param body    at most what the {@link Limits} of the call allow
 */
public record Reply(int status, MultiMap headers, Buffer body) {

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** The first header of this name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The body read as UTF-8; malformed bytes become U+FFFD. */
    public String text() {
        return body.toString(StandardCharsets.UTF_8);
    }
}
