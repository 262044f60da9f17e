package dev.plimsoll.risk;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One worked example: what goes in and what must come out, as their file says. */
public final class Example {
    private static final JsonArray EXAMPLES = read();

    private final JsonObject example;

    private Example(JsonObject example) {
        this.example = example;
    }

    public static Example of(String id) {
        return all().stream()
                .filter(example -> example.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    public static List<Example> all() {
        return EXAMPLES.stream().map(JsonObject.class::cast).map(Example::new).toList();
    }

    public String id() {
        return example.getString("id");
    }

    /** What must come out, as text. */
    public String expected(String field) {
        return example.getJsonObject("expected").getValue(field).toString();
    }

    public BigDecimal decimal(String field) {
        return new BigDecimal(expected(field));
    }

    public BigInteger integer(String field) {
        return new BigInteger(expected(field));
    }

    public boolean flag(String field) {
        return Boolean.parseBoolean(expected(field));
    }

    /** What goes in, as text. */
    public String input(String field) {
        return example.getJsonObject("inputs").getValue(field).toString();
    }

    public BigInteger integerInput(String field) {
        return new BigInteger(input(field));
    }

    public BigDecimal decimalInput(String field) {
        return new BigDecimal(input(field));
    }

    /** An input written as {@code "a=1, b=2"}. */
    public Map<String, BigInteger> integersInput(String field) {
        return Arrays.stream(input(field).split(", "))
                .map(pair -> pair.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> new BigInteger(pair[1])));
    }

    private static JsonArray read() {
        try (var file = Example.class.getResourceAsStream("/worked-examples.json")) {
            return new JsonObject(new String(file.readAllBytes(), StandardCharsets.UTF_8)).getJsonArray("examples");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
