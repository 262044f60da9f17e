package dev.plimsoll.wire;

import dev.plimsoll.wire.WireFailure.TooLarge;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads server-sent events from the bytes of a stream, however they are cut. Holds at most one event that is not complete.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">Interpreting
 *      an event stream</a>
 */
final class EventDecoder {
    private final int eventBytes;
    private Buffer line = Buffer.buffer();
    private Buffer data = Buffer.buffer();
    private String type = ServerEvent.UNNAMED;
    private boolean hasData;
    private boolean afterReturn;

    EventDecoder(int eventBytes) {
        this.eventBytes = eventBytes;
    }

    /**
     * The events that these bytes complete.
     *
     * @throws TooLarge when one is larger than it may be, whether it is complete or not
     */
    List<ServerEvent> read(Buffer part) {
        var complete = new ArrayList<ServerEvent>();
        var start = 0;
        for (var i = 0; i < part.length(); i++) {
            var end = part.getByte(i);
            if (end == '\n' || end == '\r') {
                take(part, start, i);
                if (end == '\r' || !afterReturn) {
                    endLine(complete);
                }
                start = i + 1;
            }
            afterReturn = end == '\r';
        }
        take(part, start, part.length());
        return complete;
    }

    private void take(Buffer part, int start, int end) {
        if (line.length() + data.length() + end - start > eventBytes) {
            throw new TooLarge(eventBytes);
        }
        line.appendBuffer(part, start, end - start);
    }

    private void endLine(List<ServerEvent> complete) {
        var whole = line;
        line = Buffer.buffer();
        if (whole.length() > 0) {
            field(whole);
            return;
        }
        if (hasData) {
            complete.add(new ServerEvent(type, data));
        }
        data = Buffer.buffer();
        hasData = false;
        type = ServerEvent.UNNAMED;
    }

    /** A name, a colon, perhaps a space, a value; a line that begins with the colon is a comment. */
    private void field(Buffer whole) {
        var colon = 0;
        while (colon < whole.length() && whole.getByte(colon) != ':') {
            colon++;
        }
        var from = Math.min(colon + 1, whole.length());
        var value = from < whole.length() && whole.getByte(from) == ' ' ? from + 1 : from;
        switch (whole.getString(0, colon)) {
            case "data" -> addData(whole.slice(value, whole.length()));
            case "event" -> type = whole.getString(value, whole.length(), StandardCharsets.UTF_8.name());
            default -> {} // id and retry are for browsers; anything else is to be ignored
        }
    }

    private void addData(Buffer value) {
        if (hasData) {
            data.appendByte((byte) '\n');
        }
        data.appendBuffer(value);
        hasData = true;
    }
}
