package dev.plimsoll.crash;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** What somebody asks of the service over HTTP; answers that must show no secret are kept. */
final class CanaryTalk {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final App app;
    private final List<String> kept;

    CanaryTalk(App app, List<String> kept) {
        this.app = app;
        this.kept = kept;
    }

    /** Makes something; this answer alone may show a secret. */
    JsonObject post(String key, String path, JsonObject body) throws IOException, InterruptedException {
        var answer = send(
                key,
                "POST",
                "/api/v1" + path,
                body.encode(),
                "Idempotency-Key",
                UUID.randomUUID().toString());
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return new JsonObject(answer.body());
    }

    /** Whatever is answered is kept. */
    void call(String key, String method, String path, String body) throws IOException, InterruptedException {
        var answer = send(key, method, "/api/v1" + path, body);
        var place = path.replaceFirst("(/l|/callbacks)/.*|[?].*", "$1");
        kept.add(method + " " + answer.statusCode() + " " + place + "\n"
                + answer.headers().map() + "\n" + answer.body());
    }

    void keep(String key, String path) throws IOException, InterruptedException {
        call(key, "GET", path, "");
    }

    /** The ids there. */
    List<String> list(String key, String path) throws IOException, InterruptedException {
        var answer = new JsonObject(send(key, "GET", "/api/v1" + path, "").body());
        return answer.getJsonArray("items").stream()
                .map(item -> ((JsonObject) item).getString("id"))
                .toList();
    }

    String page(String path) throws IOException, InterruptedException {
        return send("", "GET", path, "").body();
    }

    int status(String path) throws IOException, InterruptedException {
        return send("", "GET", path, "").statusCode();
    }

    private HttpResponse<String> send(String key, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(app.uri(path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
