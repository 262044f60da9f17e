package dev.plimsoll.api.stream;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * One event of the stream but for its id, made once for everybody who hears it.
 *
 * @param at   the tick it belongs to
 * @param body never written to again
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">Event stream</a>
 */
record Frame(Instant at, Buffer body) {

    /** JSON as Vert.x writes it has no line breaks. */
    static Frame of(EventKind kind, Instant at, JsonObject data) {
        return of(kind, at, data.encode());
    }

    /** @param data JSON on one line */
    static Frame of(EventKind kind, Instant at, String data) {
        return new Frame(at, Buffer.buffer("event: " + kind.word() + "\ndata: " + data + "\n\n"));
    }
}
