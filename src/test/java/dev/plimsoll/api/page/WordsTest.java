package dev.plimsoll.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"97946.594|97,946.59", "1|1.00", "0.148674|0.14867", "0.0000012345|0.0000012345"})
    void aPriceHasFiveDigitsAndNeverLessThanCents(String price, String shown) {
        assertThat(Words.price(range(price, price))).isEqualTo(shown);
    }

    @Test
    void aRangeIsRoundedOutwards() {
        assertThat(Words.price(range("2981.119", "2990.001"))).isEqualTo("2,981.11 to 2,990.01");
    }

    @Test
    void noPriceIsNoNumber() {
        assertThat(Words.price(PriceRange.ANYTHING)).isEqualTo("–");
    }

    @ParameterizedTest
    @CsvSource({"PT0S,0 s", "PT8.2S,9 s", "PT59.5S,1 min", "PT4M10S,4 min 10 s", "PT2H5M,2 h 5 min", "PT24H,24 h"})
    void anAgeIsRoundedUp(String span, String shown) {
        assertThat(Words.span(Duration.parse(span))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"2.1,+3 bps", "-9990,−9990 bps", "0,0 bps"})
    void aDivergenceHasItsSign(String bps, String shown) {
        assertThat(Words.signedBps(new BigDecimal(bps))).isEqualTo(shown);
    }

    @Test
    void aTimeSaysThatItIsUtc() {
        assertThat(Words.time(Instant.parse("2026-11-21T12:00:00.9Z"))).isEqualTo("2026-11-21 12:00:00 UTC");
    }

    private static PriceRange range(String low, String high) {
        return PriceRange.between(new BigDecimal(low), new BigDecimal(high));
    }
}
