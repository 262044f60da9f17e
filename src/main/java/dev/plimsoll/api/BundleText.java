package dev.plimsoll.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The text of a bundle, as YAML or JSON. Numbers keep their digits; a name that stands twice is refused. */
public final class BundleText {
    public static final String YAML = "application/yaml";
    static final int MAX_BYTES = 1024 * 1024;

    private static final byte[] MARK = "\uFEFF".getBytes(StandardCharsets.UTF_8);

    private static final JsonNodeFactory EXACT = JsonNodeFactory.withExactBigDecimals(true);
    private static final ObjectMapper JSON_MAPPER = strict(JsonMapper.builder().build());
    private static final ObjectMapper YAML_MAPPER = strict(YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build());

    private BundleText() {}

    private static ObjectMapper strict(ObjectMapper mapper) {
        mapper.setNodeFactory(EXACT)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        mapper.getFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        return mapper;
    }

    /** What is in it; fails with a problem where it is no such text, or no object. */
    public static ObjectNode read(byte[] text, boolean yaml) {
        if (text.length > MAX_BYTES) {
            throw Problems.tooLarge(MAX_BYTES);
        }
        if (startsWithMark(text)) {
            throw Problems.malformed("The bundle starts with a byte order mark. Send plain UTF-8.");
        }
        try {
            if ((yaml ? YAML_MAPPER : JSON_MAPPER).readTree(text) instanceof ObjectNode object) {
                return object;
            }
            throw Problems.malformed("A bundle is an object with sections such as 'positions'.");
        } catch (JsonProcessingException e) {
            throw Problems.malformed("The bundle is not %s: something is wrong at line %d, column %d."
                    .formatted(
                            yaml ? "YAML" : "JSON",
                            e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                            e.getLocation() == null ? 1 : e.getLocation().getColumnNr()));
        } catch (IOException e) {
            throw Problems.malformed("The bundle is not UTF-8.");
        }
    }

    private static boolean startsWithMark(byte[] text) {
        return text.length >= MARK.length && Arrays.equals(text, 0, MARK.length, MARK, 0, MARK.length);
    }

    /** As JSON, for the forms. */
    public static byte[] json(JsonNode tree) {
        return write(JSON_MAPPER, tree);
    }

    /** @param json of an object */
    static byte[] yaml(String json) {
        try {
            return write(YAML_MAPPER, JSON_MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON to write as YAML", e);
        }
    }

    private static byte[] write(ObjectMapper mapper, JsonNode tree) {
        try {
            return mapper.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }
}
