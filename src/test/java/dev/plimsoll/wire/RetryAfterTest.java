package dev.plimsoll.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-21T01:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120                                | PT2M",
                "  30                               | PT30S",
                "1.2                                | PT2S",
                "0                                  | PT1S",
                "-5                                 | PT1S",
                "3601                               | PT1H",
                "99999999999999999999999999999999   | PT1H",
                "Sat, 21 Nov 2026 01:05:00 GMT      | PT5M",
                "Saturday, 21-Nov-26 01:05:00 GMT   | PT5M",
                "Sat Nov 21 01:05:00 2026           | PT5M",
                "Sun Nov  1 01:05:00 2026           | PT1S",
                "Sat, 21 Nov 2020 01:05:00 GMT      | PT1S",
                "Fri, 31 Dec 9999 23:59:59 GMT      | PT1H"
            })
    void everyFormIsReadAndBoundedToBetweenASecondAndAnHour(String header, Duration pause) {
        assertThat(RetryAfter.parse(header, NOW)).contains(pause);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "NaN",
                "1e9",
                "0x10",
                "12,5",
                "1 2",
                "--1",
                "Sat, 99 Nov 2026 01:05:00 GMT",
                "２",
                "11111111111111111111111111111111111111111111111111111111111111111"
            })
    void garbageCountsAsAbsent(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isEmpty();
    }
}
