package dev.plimsoll.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.oracle.SourceStatus.Latency;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private final Latencies latencies = new Latencies(20);

    @Test
    void nothingIsShownBeforeTheFirst() {
        assertThat(latencies.shown()).isEmpty();
    }

    @Test
    void fiveInAHundredAreSlowerThanThe95thPercentile() {
        LongStream.rangeClosed(1, 20).forEach(this::add);

        assertThat(latencies.shown()).contains(new Latency(Duration.ofMillis(20), Duration.ofMillis(19)));
    }

    @Test
    void onlyTheLastTwentyCount() {
        LongStream.of(9_000, 9_000).forEach(this::add);
        LongStream.rangeClosed(1, 20).map(i -> 50).forEach(this::add);

        assertThat(latencies.shown()).contains(new Latency(Duration.ofMillis(50), Duration.ofMillis(50)));
    }

    private void add(long millis) {
        latencies.add(Duration.ofMillis(millis));
    }
}
