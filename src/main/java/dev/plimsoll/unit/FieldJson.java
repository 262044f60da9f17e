package dev.plimsoll.unit;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One value of an asset file and where it stands, so that every refusal can say so. */
record FieldJson(String file, String asset, String path, JsonNode node) {

    /** A member that must be there. */
    FieldJson get(String name) {
        return find(name).orElseThrow(() -> member(name, node).refused("is missing"));
    }

    Optional<FieldJson> find(String name) {
        return Optional.ofNullable(node.get(name)).map(found -> member(name, found));
    }

    private FieldJson member(String name, JsonNode value) {
        return new FieldJson(file, asset, path.isEmpty() ? name : path + "." + name, value);
    }

    FieldJson of(String symbol) {
        return new FieldJson(file, symbol, "", node);
    }

    /** The same value, known to be an object with no other members than these. */
    FieldJson object(String... known) {
        if (!node.isObject()) {
            throw refused("must be an object");
        }
        var names = Set.of(known);
        node.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw member(name, node)
                        .refused("is not a field Plimsoll knows; known are " + String.join(", ", known));
            }
        });
        return this;
    }

    Stream<FieldJson> items() {
        if (!node.isArray()) {
            throw refused("must be a list");
        }
        return StreamSupport.stream(node.spliterator(), false).map(item -> new FieldJson(file, asset, path, item));
    }

    Collection<String> names() {
        if (!node.isObject()) {
            throw refused("must be an object");
        }
        return StreamSupport.stream(((Iterable<String>) node::fieldNames).spliterator(), false)
                .toList();
    }

    String text() {
        if (!node.isTextual() || node.textValue().isBlank()) {
            throw refused("must be a text that is not empty");
        }
        return node.textValue();
    }

    /** A text of ours, such as a symbol or a class; what refuses it is told with the place. */
    <T> T text(Function<String, T> reader) {
        try {
            return reader.apply(text());
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage());
        }
    }

    /** A positive decimal, as text or number. */
    BigDecimal positive() {
        return Optional.of(node)
                .filter(value -> value.isTextual() || value.isNumber())
                .flatMap(value -> Decimals.parse(value.asText()))
                .filter(number -> number.signum() > 0)
                .orElseThrow(() -> refused("must be a positive decimal"));
    }

    int wholeUpTo(int max) {
        if (!node.isInt() || node.intValue() < 0 || node.intValue() > max) {
            throw refused("must be a whole number from 0 to " + max);
        }
        return node.intValue();
    }

    BadAssetFile refused(String why) {
        return new BadAssetFile("Asset file " + file + ": " + (asset.isEmpty() ? "" : "asset " + asset + ", ")
                + (path.isEmpty() ? "the entry" : "field " + path) + " " + why + ".");
    }
}
