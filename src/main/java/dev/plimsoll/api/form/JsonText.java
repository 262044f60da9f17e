package dev.plimsoll.api.form;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.plimsoll.api.Problems;
import dev.plimsoll.unit.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** From bytes to one JSON value, strictly: UTF-8 without BOM, nothing after the value, no name twice, bounded depth. */
final class JsonText {
    static final int MAX_BYTES = 64 * 1024;
    static final int MAX_DEPTH = 32;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_BYTES) // a reader refuses it with a pointer, before any arithmetic
                    .maxNameLength(MAX_BYTES)
                    .maxStringLength(MAX_BYTES)
                    .build())
            .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false)
            .build();

    private final Faults faults;

    private JsonText(Faults faults) {
        this.faults = faults;
    }

    static Json parse(byte[] bytes) {
        return parse(bytes, MAX_BYTES);
    }

    /** @param most how many bytes it may have */
    static Json parse(byte[] bytes, int most) {
        var text = decode(bytes, most);
        if (text.isBlank()) {
            throw Problems.malformed("The body is empty. Send a JSON object.");
        }
        var faults = new Faults();
        var json = new JsonText(faults).read(text);
        if (faults.any()) {
            throw Problems.malformed(faults.list());
        }
        return json;
    }

    private static String decode(byte[] bytes, int most) {
        if (bytes.length > most) {
            throw Problems.tooLarge(most);
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.startsWith("\uFEFF")) {
                throw Problems.malformed("The body starts with a byte order mark. Send plain UTF-8.");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw Problems.malformed("The body is not UTF-8.");
        }
    }

    private Json read(String text) {
        try (var parser = FACTORY.createParser(text)) {
            parser.nextToken();
            var json = value(parser, Pointer.ROOT);
            if (parser.nextToken() != null) {
                throw Problems.malformed("Something follows the JSON value: " + place(parser) + ".");
            }
            return json;
        } catch (StreamConstraintsException e) {
            throw Problems.malformed("The JSON is nested deeper than " + MAX_DEPTH + " levels.");
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw Problems.malformed("The body is not JSON: something is wrong at line " + at.getLineNr() + ", column "
                    + at.getColumnNr() + ".");
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string in memory cannot fail to be read
        }
    }

    private static String place(JsonParser parser) {
        var at = parser.currentTokenLocation();
        return "line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    /** Recursion is bounded by the factory's nesting depth. */
    private Json value(JsonParser parser, Pointer pointer) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, pointer);
            case START_ARRAY -> array(parser, pointer);
            case VALUE_STRING -> new Json.Text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(parser.getText());
            case VALUE_TRUE -> new Json.Flag(true);
            case VALUE_FALSE -> new Json.Flag(false);
            case VALUE_NULL -> new Json.Null();
            case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("no JSON value begins with " + parser.currentToken());
        };
    }

    private Json object(JsonParser parser, Pointer pointer) throws IOException {
        var fields = new LinkedHashMap<String, Json>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            if (fields.put(name, value(parser, pointer.field(name))) != null) {
                faults.add("'" + Printable.shortened(name) + "' stands here twice.", pointer.field(name));
            }
        }
        return new Json.Obj(fields);
    }

    private Json array(JsonParser parser, Pointer pointer) throws IOException {
        var items = new ArrayList<Json>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser, pointer.item(items.size())));
        }
        return new Json.Arr(items);
    }
}
