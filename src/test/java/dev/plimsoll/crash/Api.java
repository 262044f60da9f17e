package dev.plimsoll.crash;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A user of the service: signed up once, with one webhook, some loans and one rule on all of them. */
public final class Api {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final App app;
    private final String key;

    private Api(App app, String key) {
        this.app = app;
        this.key = key;
    }

    public static Api signUp(App app) throws IOException, InterruptedException {
        var account = send(app, "", "POST", "/accounts", new JsonObject().put("name", "Ada"), 201);
        return new Api(app, account.getString("apiKey"));
    }

    /** The same user with another key, at another replica. */
    Api at(App other, String otherKey) {
        return new Api(other, otherKey);
    }

    /** The events this user hears, until the replica or the caller ends it. */
    Stream<String> listen() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(app.uri("/api/v1/stream"))
                .header("Authorization", "Bearer " + key)
                .build();
        return HTTP.send(request, BodyHandlers.ofLines()).body();
    }

    void delete(String path) throws IOException, InterruptedException {
        send(app, key, "DELETE", path, new JsonObject(), 204);
    }

    /** Writes nothing of use, and says what the answer was. */
    HttpResponse<String> tries(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(app.uri("/api/v1" + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    /** Fails unless this is the answer. */
    void isAnswered(String path, int status) throws IOException, InterruptedException {
        send(app, key, "GET", path, new JsonObject(), status);
    }

    public JsonObject post(String path, JsonObject body) throws IOException, InterruptedException {
        return send(app, key, "POST", path, body, 201);
    }

    /** A question that is posted. */
    public JsonObject ask(String path, JsonObject body) throws IOException, InterruptedException {
        return send(app, key, "POST", path, body, 200);
    }

    public JsonObject get(String path) throws IOException, InterruptedException {
        return send(app, key, "GET", path, new JsonObject(), 200);
    }

    /** Removes the rules every account starts with, so that only the test's own rule speaks. */
    void dropDefaultRules() throws IOException, InterruptedException {
        for (var rule : items(get("/rules"))) {
            send(app, key, "DELETE", "/rules/" + rule.getString("id"), new JsonObject(), 204);
        }
    }

    void channel(String url) throws IOException, InterruptedException {
        post(
                "/channels",
                new JsonObject().put("kind", "webhook").put("name", "ops").put("url", url));
    }

    /** Confirmed as its owner does, by the link in the mail. */
    void mailbox(FlakyMailbox mailbox) throws IOException, InterruptedException {
        var address = mailbox.address();
        post(
                "/channels",
                new JsonObject().put("kind", "email").put("name", "mail").put("address", address));
        var click = HttpRequest.newBuilder(app.uri(mailbox.confirmation(address)))
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.noBody())
                .build();
        if (HTTP.send(click, BodyHandlers.ofString()).statusCode() != 200) {
            throw new IllegalStateException("the address was not confirmed");
        }
    }

    /** Ether against borrowed dollars at a threshold of 0.8. */
    public String loan(String name, String ether, String dollars) throws IOException, InterruptedException {
        var collateral =
                new JsonObject().put("asset", "ETH").put("amount", ether).put("liquidationThreshold", "0.8");
        var debt = new JsonObject().put("asset", "USDC").put("amount", dollars);
        var position = new JsonObject()
                .put("kind", "declared")
                .put("name", name)
                .put("collateral", new JsonArray().add(collateral))
                .put("debt", new JsonArray().add(debt));
        return post("/positions", position).getString("id");
    }

    /** Fires at once below 1.10, resolves at once above 1.12. */
    String rule() throws IOException, InterruptedException {
        var level = new JsonObject()
                .put("severity", "critical")
                .put("below", "1.10")
                .put("clearAbove", "1.12")
                .put("hold", "PT0S")
                .put("clearHold", "PT0S")
                .put("repeatEvery", "PT24H");
        var rule = new JsonObject()
                .put("name", "crash rule")
                .put("watches", "all")
                .put("condition", new JsonObject().put("type", "health-factor"))
                .put("levels", new JsonArray().add(level));
        return post("/rules", rule).getString("id");
    }

    static List<JsonObject> items(JsonObject page) {
        var items = new ArrayList<JsonObject>();
        page.getJsonArray("items").forEach(item -> items.add((JsonObject) item));
        return items;
    }

    private static JsonObject send(App app, String key, String method, String path, JsonObject body, int expected)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(app.uri("/api/v1" + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        method.equals("POST") ? BodyPublishers.ofString(body.encode()) : BodyPublishers.noBody())
                .build();
        var response = HTTP.send(request, BodyHandlers.ofString());
        if (response.statusCode() != expected) {
            throw new IllegalStateException(
                    method + " " + path + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body().isEmpty() ? new JsonObject() : new JsonObject(response.body());
    }
}
