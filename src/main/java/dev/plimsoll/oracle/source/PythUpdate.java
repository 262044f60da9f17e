package dev.plimsoll.oracle.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.unit.Decimals;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads a price update of Hermes, the same in an answer and in an event of the stream. From JSON to readings, and nothing
 * else.
 */
final class PythUpdate {
    private static final int MAX_EXPONENT = 40;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private PythUpdate() {}

    /** What an update says of one id. */
    sealed interface Reading {

        /**
         * In US dollars per whole token.
         *
         * @param confidence half the width of the interval that the publishers agree on; at most 1 % of the value
         */
        record Price(BigDecimal value, BigDecimal confidence, Instant publishedAt) implements Reading {}

        /** @param detail nothing of what was sent */
        record Unusable(Reason reason, String detail) implements Reading {}
    }

    /** By id, in lower case and without 0x; empty where this is no price update. */
    static Optional<Map<String, Reading>> read(JsonNode update) {
        var parsed = update.path("parsed");
        if (!parsed.isArray()) {
            return Optional.empty();
        }
        return Optional.of(parsed.valueStream()
                .filter(entry -> entry.path("id").isTextual())
                .collect(Collectors.toMap(
                        entry -> entry.path("id").textValue(),
                        entry -> reading(entry.path("price")),
                        (first, second) -> new Reading.Unusable(Reason.MALFORMED, "its answer has the id twice"))));
    }

    private static Reading reading(JsonNode price) {
        var exponent = price.path("expo");
        if (!exponent.isInt() || exponent.intValue() < -MAX_EXPONENT || exponent.intValue() > MAX_EXPONENT) {
            return new Reading.Unusable(Reason.MALFORMED, "its price has no exponent that we compute with");
        }
        return StrictJson.seconds(price.path("publish_time"))
                .map(time -> priced(price, exponent.intValue(), time))
                .orElseGet(() -> new Reading.Unusable(Reason.MALFORMED, "its price has no time"));
    }

    private static Reading priced(JsonNode price, int exponent, Instant time) {
        var value = StrictJson.price(price.path("price")).flatMap(number -> scaled(number, exponent));
        var confidence = StrictJson.width(price.path("conf")).flatMap(number -> scaled(number, exponent));
        if (value.isEmpty()) {
            return new Reading.Unusable(Reason.NOT_A_PRICE, "what it sent is no price");
        }
        return confidence
                .map(width -> sure(new Reading.Price(value.get(), width, time)))
                .orElseGet(() -> new Reading.Unusable(Reason.MALFORMED, "its price has no confidence interval"));
    }

    /** Beyond a hundredth the publishers see no one price. */
    private static Reading sure(Reading.Price price) {
        return price.confidence().multiply(HUNDRED).compareTo(price.value()) <= 0
                ? price
                : new Reading.Unusable(Reason.UNCERTAIN, "its own interval is wider than 1 % of its price");
    }

    private static Optional<BigDecimal> scaled(BigDecimal number, int exponent) {
        return Decimals.bounded(number.scaleByPowerOfTen(exponent));
    }
}
