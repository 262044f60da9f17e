package dev.plimsoll.oracle.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plimsoll.unit.Decimals;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Reads what a source sent, bounded in size, depth and digits before anything is computed with it. */
final class StrictJson {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_DIGITS = 100;
    private static final long LAST_SECOND =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    private static final ObjectMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(MAX_BYTES)
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_DIGITS)
                            .maxStringLength(MAX_BYTES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // keeps no name of theirs
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private StrictJson() {}

    /**
     * The document; empty when it is no JSON, not UTF-8 without a byte order mark, has a key twice, or is larger, deeper
     * or longer in digits than we read.
     */
    static Optional<JsonNode> read(byte[] body) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return Optional.of(STRICT.readTree(text.toString())).filter(json -> !json.isMissingNode());
        } catch (IOException | NumberFormatException e) { // the latter for exponents beyond an int
            return Optional.empty();
        }
    }

    /** A positive number within the bounds of {@link Decimals}, as a text or a number. */
    static Optional<BigDecimal> price(JsonNode value) {
        return decimal(value).filter(number -> number.signum() > 0);
    }

    /** Half the width of an interval: zero or more, within the bounds of {@link Decimals}, as a text or a number. */
    static Optional<BigDecimal> width(JsonNode value) {
        return decimal(value).filter(number -> number.signum() >= 0);
    }

    /** The time of a count of seconds since 1970, as a text or a number. */
    static Optional<Instant> seconds(JsonNode value) {
        return decimal(value)
                .filter(number -> number.signum() > 0 && number.compareTo(BigDecimal.valueOf(LAST_SECOND)) < 0)
                .map(number -> Instant.ofEpochSecond(number.longValue()));
    }

    /** The time of a count of milliseconds since 1970, as a text or a number. */
    static Optional<Instant> millis(JsonNode value) {
        return decimal(value)
                .filter(number -> number.signum() > 0 && number.compareTo(BigDecimal.valueOf(LAST_SECOND * 1000)) < 0)
                .map(number -> Instant.ofEpochMilli(number.longValue()));
    }

    private static Optional<BigDecimal> decimal(JsonNode value) {
        if (value.isTextual()) {
            return Decimals.parse(value.textValue());
        }
        return value.isNumber() ? Decimals.bounded(value.decimalValue()) : Optional.empty();
    }
}
