package dev.plimsoll.oracle.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StrictJsonTest {
    private static final String PRICE = "{\"asset\":\"Éther\",\"price\":\"3294.30\"}";

    @Test
    void utf8IsRead() {
        assertThat(StrictJson.read(PRICE.getBytes(UTF_8))).isPresent();
    }

    @Test
    void noOtherEncodingIsGuessed() {
        assertThat(StrictJson.read(PRICE.getBytes(UTF_16))).isEmpty();
        assertThat(StrictJson.read(PRICE.getBytes(UTF_16LE))).isEmpty();
        assertThat(StrictJson.read(PRICE.getBytes(ISO_8859_1))).isEmpty();
    }

    @Test
    void aByteOrderMarkIsNotSkipped() {
        assertThat(StrictJson.read(("\uFEFF" + PRICE).getBytes(UTF_8))).isEmpty();
    }

    @Test
    void exponentsThatOverflowEverythingAreNoPriceOrNoJson() {
        for (var exponent :
                new String[] {"999999999", "2147483647", "2147483648", "9999999999", "99999999999999999999"}) {
            for (var number : new String[] {"1e" + exponent, "10e" + exponent, "1e-" + exponent, "0e" + exponent}) {
                assertThat(StrictJson.read(number.getBytes(UTF_8)).flatMap(StrictJson::price))
                        .as(number)
                        .isEmpty();
            }
        }
    }
}
