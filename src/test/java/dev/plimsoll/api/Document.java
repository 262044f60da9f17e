package dev.plimsoll.api;

import static io.restassured.RestAssured.given;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The service's OpenAPI document, as it serves it. */
record Document(JsonObject json) {

    static Document read() {
        return new Document(new JsonObject(
                given().accept("application/json").get("/q/openapi").asString()));
    }

    /** @param name as {@code POST /positions/{id}/adjust} */
    record Operation(String name, JsonObject json) {

        String method() {
            return name.split(" ")[0];
        }

        String path() {
            return name.split(" ")[1];
        }

        String text(String field) {
            return json.getString(field, "");
        }

        Stream<JsonObject> parameters() {
            return json.getJsonArray("parameters", new JsonArray()).stream().map(JsonObject.class::cast);
        }

        /** Of the request's body; the first where there are several. */
        Optional<JsonObject> example() {
            return examples().stream().findFirst();
        }

        /** Every one of the request's body. */
        List<JsonObject> examples() {
            return json
                    .getJsonObject("requestBody", new JsonObject())
                    .getJsonObject("content", new JsonObject())
                    .stream()
                    .flatMap(media -> examples((JsonObject) media.getValue()).stream())
                    .map(JsonObject.class::cast)
                    .toList();
        }

        boolean lacksExample() {
            return json.getJsonObject("responses").stream()
                    .filter(response -> !response.getKey().equals("204"))
                    .anyMatch(response -> isWithoutExample((JsonObject) response.getValue()));
        }

        private static boolean isWithoutExample(JsonObject response) {
            return response.getJsonObject("content", new JsonObject()).stream()
                    .allMatch(media -> examples((JsonObject) media.getValue()).isEmpty());
        }

        /** One, or several by name. */
        private static List<Object> examples(JsonObject media) {
            var named = media.getJsonObject("examples", new JsonObject()).stream()
                    .map(example -> ((JsonObject) example.getValue()).getValue("value"));
            return Stream.concat(Stream.ofNullable(media.getValue("example")), named)
                    .toList();
        }
    }

    List<Operation> operations() {
        return json.getJsonObject("paths").stream()
                .flatMap(path -> operations(path.getKey(), (JsonObject) path.getValue()))
                .toList();
    }

    Operation operation(String name) {
        return operations().stream()
                .filter(operation -> operation.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Operation> operations(String path, JsonObject item) {
        return item.stream()
                .filter(entry -> entry.getKey().matches("get|post|put|patch|delete"))
                .map(entry -> new Operation(
                        entry.getKey().toUpperCase(Locale.ROOT) + " " + path.substring(Ada.BASE.length()),
                        (JsonObject) entry.getValue()));
    }
}
