package dev.plimsoll.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The examples of the API's document: one file, {@code openapi/examples.json}, by operation. */
final class Examples {
    private static final String FILE = "/openapi/examples.json";

    private final JsonObject things;
    private final JsonObject operations;

    private Examples(JsonObject file) {
        this.things = file.getJsonObject("things");
        this.operations = file.getJsonObject("operations");
    }

    static Examples read() {
        try (var file = Objects.requireNonNull(Examples.class.getResourceAsStream(FILE), FILE)) {
            return new Examples(new JsonObject(new String(file.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param operation as {@code GET /positions/{id}} */
    Optional<JsonObject> request(String operation) {
        return of(operation).map(example -> example.getJsonObject("request"));
    }

    /** Empty for an operation that answers 204. */
    Optional<JsonObject> response(String operation) {
        return of(operation).flatMap(example -> page(example).or(() -> thing(example)));
    }

    /** Of an operation that answers with an event stream. */
    Optional<String> events(String operation) {
        return of(operation)
                .map(example -> example.getJsonArray("events"))
                .map(events -> events.stream().map(event -> event + "\n\n").collect(Collectors.joining()));
    }

    /** Requests of the same operation for other kinds of things, by the name of each. */
    Map<String, JsonObject> moreRequests(String operation) {
        return more(operation, example -> Optional.ofNullable(example.getJsonObject("request")));
    }

    /** What answers them. */
    Map<String, JsonObject> moreResponses(String operation) {
        return more(operation, this::thing);
    }

    private Map<String, JsonObject> more(String operation, Function<JsonObject, Optional<JsonObject>> part) {
        var more = of(operation).map(example -> example.getJsonObject("more")).orElseGet(JsonObject::new);
        var found = new TreeMap<String, JsonObject>();
        more.forEach(
                other -> part.apply((JsonObject) other.getValue()).ifPresent(body -> found.put(other.getKey(), body)));
        return found;
    }

    private Optional<JsonObject> page(JsonObject example) {
        return Optional.ofNullable(example.getString("page"))
                .map(name -> new JsonArray().add(things.getJsonObject(name)))
                .map(items -> new JsonObject().put("items", items).put("next", null));
    }

    private Optional<JsonObject> thing(JsonObject example) {
        var once = example.getJsonObject("once", new JsonObject());
        return Optional.ofNullable(example.getValue("response"))
                .map(response -> response instanceof JsonObject body ? body : things.getJsonObject((String) response))
                .map(body -> body.copy().mergeIn(once));
    }

    private Optional<JsonObject> of(String operation) {
        return Optional.ofNullable(operations.getJsonObject(operation));
    }
}
