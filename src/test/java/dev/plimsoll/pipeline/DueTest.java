package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DueTest {

    @Test
    void aTickEveryTwoSecondsKeepsItsGridWhenTheChecksAreALittleEarlyOrLate() {
        var due = new Due(Duration.ofSeconds(2), 0);

        var fired = ticks(due, 0, 1_001, 1_999, 3_002, 3_998, 5_001, 6_001, 6_999, 7_999);

        assertThat(fired).containsExactly(0L, 1_999L, 3_998L, 6_001L, 7_999L);
    }

    @Test
    void everySecondMeansEveryCheck() {
        var due = new Due(Duration.ofSeconds(1), 0);

        assertThat(ticks(due, 0, 999, 2_001, 2_998)).hasSize(4);
    }

    @Test
    void missedTicksAreNotMadeUpFor() {
        var due = new Due(Duration.ofSeconds(2), 0);

        assertThat(ticks(due, 0, 60_000, 61_000, 62_000)).containsExactly(0L, 60_000L, 62_000L);
    }

    private static List<Long> ticks(Due due, long... checksInMillis) {
        return LongStream.of(checksInMillis)
                .filter(millis -> due.at(Duration.ofMillis(millis).toNanos()))
                .boxed()
                .toList();
    }
}
