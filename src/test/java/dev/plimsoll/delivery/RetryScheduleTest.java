package dev.plimsoll.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {
    private static final Random RANDOM = new Random(7);

    @ParameterizedTest
    @CsvSource({
        "1, PT5S",
        "2, PT15S",
        "3, PT30S",
        "4, PT1M",
        "5, PT2M",
        "6, PT5M",
        "7, PT15M",
        "8, PT30M",
        "9, PT1H",
        "10, PT2H",
        "11, PT4H",
        "12, PT8H",
        "13, PT12H",
        "14, PT24H",
        "15, PT24H"
    })
    void eachPauseIsAsPromisedGiveOrTakeATenth(int failed, Duration promised) {
        for (int i = 0; i < 1_000; i++) {
            var pause = RetrySchedule.pause(failed, Optional.empty(), RANDOM).orElseThrow();

            assertThat(pause.toMillis()).isBetween(promised.toMillis() * 9 / 10, promised.toMillis() * 11 / 10);
        }
    }

    @Test
    void afterSixteenFailuresThereIsNoFurtherTry() {
        assertThat(RetrySchedule.pause(16, Optional.empty(), RANDOM)).isEmpty();
        assertThat(RetrySchedule.tries()).isEqualTo(16);
    }

    @Test
    void theReceiversWishLengthensAPauseAndNeverShortensIt() {
        assertThat(RetrySchedule.pause(1, Optional.of(Duration.ofMinutes(2)), RANDOM))
                .contains(Duration.ofMinutes(2));
        assertThat(RetrySchedule.pause(4, Optional.of(Duration.ofSeconds(1)), RANDOM))
                .hasValueSatisfying(pause -> assertThat(pause).isGreaterThan(Duration.ofSeconds(53)));
    }
}
