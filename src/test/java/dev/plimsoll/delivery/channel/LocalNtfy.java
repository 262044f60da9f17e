package dev.plimsoll.delivery.channel;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** An ntfy server with one topic that only a token may write to. */
public final class LocalNtfy extends LocalService {
    public static final String PROTECTED = "treasury";
    public static final String ACCESS = "tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2";

    public LocalNtfy() {
        this(0);
    }

    public LocalNtfy(int port) {
        super(port);
    }

    /** What was published or refused, in order. */
    public List<JsonObject> messages() {
        return requests().stream().map(Request::json).toList();
    }

    @Override
    Answer answer(Request request) {
        if (!request.method().equals("POST") || !request.uri().getPath().equals("/")) {
            return new Answer(404, Map.of(), "{\"code\":40401,\"http\":404,\"error\":\"page not found\"}");
        }
        var authorization = request.header("Authorization");
        if (!authorization.isEmpty() && !authorization.equals("Bearer " + ACCESS)) {
            return Answer.wire(401, "ntfy/unauthorized.json");
        }
        var message = request.json();
        if (message.getString("topic").equals(PROTECTED) && authorization.isEmpty()) {
            return Answer.wire(403, "ntfy/forbidden.json");
        }
        return isValid(message)
                ? Answer.wire(200, "ntfy/published.json")
                : new Answer(400, Map.of(), "{\"code\":40017,\"http\":400,\"error\":\"invalid request\"}");
    }

    private static boolean isValid(JsonObject message) {
        var priority = message.getInteger("priority", 3);
        return message.getString("topic").matches("[-_A-Za-z0-9]{1,64}")
                && message.getString("message", "").getBytes(StandardCharsets.UTF_8).length <= 4_096
                && priority >= 1
                && priority <= 5
                && message.getJsonArray("actions", new JsonArray()).size() <= 3;
    }
}
