package dev.plimsoll.ops.demo;

import dev.plimsoll.wire.Limits;
import dev.plimsoll.wire.OperatorHttp;
import dev.plimsoll.wire.Reply;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What a user does with curl: the REST calls of the demo. Fails with the problem's sentence. */
final class PlimsollClient {
    private static final Limits LIMITS = Limits.within(Duration.ofSeconds(5));

    private final OperatorHttp http;
    private final int port;
    private final String base;

    PlimsollClient(OperatorHttp http, int port) {
        this.http = http;
        this.port = port;
        this.base = "http://127.0.0.1:" + port + "/api/v1";
    }

    int port() {
        return port;
    }

    /** {@code id} and {@code apiKey}. */
    Uni<JsonObject> signUp(String name) {
        return post("/accounts", Map.of(), new JsonObject().put("name", name).encode());
    }

    Uni<JsonObject> post(String apiKey, String path, String body) {
        return post(path, Map.of("Authorization", "Bearer " + apiKey), body);
    }

    Uni<JsonObject> get(String apiKey, String path) {
        return http.get(URI.create(base + path), Map.of("Authorization", "Bearer " + apiKey), LIMITS)
                .map(PlimsollClient::success);
    }

    private Uni<JsonObject> post(String path, Map<String, String> headers, String body) {
        var all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        return http.post(URI.create(base + path), all, Buffer.buffer(body), LIMITS)
                .map(PlimsollClient::success);
    }

    private static JsonObject success(Reply reply) {
        if (!reply.isSuccess()) {
            throw new IllegalStateException("Plimsoll answered " + reply.status() + ": " + reply.text());
        }
        return new JsonObject(reply.text());
    }
}
