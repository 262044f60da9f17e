package dev.plimsoll.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.chat.HumanNumber.Either;
import dev.plimsoll.chat.HumanNumber.None;
import dev.plimsoll.chat.HumanNumber.One;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HumanNumberTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10          | 10",
                "1,5         | 1.5",
                "1.5         | 1.5",
                ".5          | 0.5",
                "0,250       | 0.25",
                "12k         | 12000",
                "1,5k        | 1500",
                "2.25M       | 2250000",
                "12 000      | 12000",
                "1.234,56    | 1234.56",
                "1,234.56    | 1234.56",
                "1,234,567   | 1234567",
                "1.234.567   | 1234567",
                "12'000      | 12000",
                "0.123456    | 0.123456",
                "1.234       | 1.234",
                "3603.90     | 3603.9"
            })
    void peopleWriteNumbersInManyWays(String typed, String meant) {
        assertThat(HumanNumber.of(typed)).isEqualTo(new One(new BigDecimal(meant)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12,500 | 12.500 | 12500",
                "1,234 | 1.234 | 1234",
                "12.500 | 12.500 | 12500",
                "10.000 | 10.000 | 10000"
            })
    void whatMayBeThousandsOrDecimalsIsNotGuessed(String typed, String small, String large) {
        assertThat(HumanNumber.of(typed)).isEqualTo(new Either(new BigDecimal(small), new BigDecimal(large)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-5",
                "ten",
                "1e5",
                "NaN",
                "Infinity",
                "0x10",
                "1..5",
                "1,23,4567.8",
                "1k5",
                "5%",
                "٣",
                "99999999999999999999999999999999999999999999999999999999999999"
            })
    void whatIsNoPositiveNumberIsNone(String typed) {
        assertThat(HumanNumber.of(typed)).isInstanceOf(None.class);
    }

    @Test
    void aNumberWithoutEndIsNoWorkForUs() {
        assertThat(HumanNumber.of("9".repeat(100_000))).isInstanceOf(None.class);
        assertThat(HumanNumber.of("1,000".repeat(20_000))).isInstanceOf(None.class);
    }
}
