package dev.plimsoll.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.restassured.RestAssured;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client of the event stream, as the specification has them: reads until it is told to stop. */
final class Listener implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpRequest request;
    private final List<Event> heard = new CopyOnWriteArrayList<>();
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    /** @param id the last one said, of this event or before */
    record Event(String id, String name, JsonObject data) {
        List<String> assets() {
            return data.getJsonArray("assets", new JsonArray()).stream()
                    .map(asset -> ((JsonObject) asset).getString("asset"))
                    .toList();
        }
    }

    private Listener(HttpRequest request) {
        this.request = request;
        Thread.ofPlatform().daemon().start(this::listen);
    }

    static Listener to(String query, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(
                        URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/api/v1/stream" + query))
                .header("Accept", "text/event-stream");
        headers.forEach(request::header);
        return new Listener(request.build());
    }

    List<Event> heard() {
        return heard;
    }

    List<Event> heard(String name) {
        return heard.stream().filter(event -> event.name().equals(name)).toList();
    }

    List<String> comments() {
        return comments;
    }

    boolean isOver() {
        return over;
    }

    /** The events of a name, once there are so many. */
    List<Event> awaits(String name, int count) {
        await().atMost(PATIENCE).until(() -> heard(name).size() >= count);
        return heard(name);
    }

    void awaitsEnd() {
        await().atMost(PATIENCE).until(this::isOver);
    }

    private void listen() {
        try (var lines = new BufferedReader(new InputStreamReader(
                client.send(request, BodyHandlers.ofInputStream()).body(), UTF_8))) {
            var id = "";
            var name = "message";
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    heard.add(new Event(id, name, new JsonObject(line.substring(6))));
                } else if (!line.isEmpty()) {
                    comments.add(line);
                }
            }
        } catch (IOException e) {
            comments.add(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            over = true;
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
