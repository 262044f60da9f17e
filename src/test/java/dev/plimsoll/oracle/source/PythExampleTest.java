package dev.plimsoll.oracle.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plimsoll.oracle.source.PythUpdate.Reading;
import dev.plimsoll.risk.Example;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;

class PythExampleTest {
    @Test
    void u02APriceComesWithAnExponent() throws JsonProcessingException {
        var example = Example.of("U02");
        var update = new ObjectMapper()
                .readTree("""
                {"parsed":[{"id":"ff61","price":{"price":"%s","conf":"%s","expo":%s,"publish_time":1793000000}}]}""".formatted(example.input("price"), example.input("conf"), example.input("expo")));

        var price = (Reading.Price) PythUpdate.read(update).orElseThrow().get("ff61");

        assertThat(price.value()).isEqualByComparingTo(example.decimal("value"));
        assertThat(price.confidence()).isEqualByComparingTo(example.decimal("confidence"));
        assertThat(inPercent(price)).isEqualByComparingTo(example.decimal("confidencePct"));
    }

    private static BigDecimal inPercent(Reading.Price price) {
        return price.confidence()
                .movePointRight(2)
                .divide(price.value(), MathContext.DECIMAL128)
                .setScale(12, RoundingMode.HALF_EVEN);
    }
}
