package dev.plimsoll.oracle;

import dev.plimsoll.oracle.SourceStatus.Latency;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How long the last asks of a source took, in real time. Not thread-safe: its record guards it. */
final class Latencies {
    private static final int PERCENTILE = 95;
    private static final int WHOLE = 100;

    private final int remembered;
    private final Deque<Duration> last = new ArrayDeque<>();

    /** @param remembered how many asks */
    Latencies(int remembered) {
        this.remembered = remembered;
    }

    void add(Duration latency) {
        last.addLast(latency);
        if (last.size() > remembered) {
            last.removeFirst();
        }
    }

    /** Empty before the first. */
    Optional<Latency> shown() {
        return Optional.ofNullable(last.peekLast()).map(newest -> new Latency(newest, percentile()));
    }

    /** By nearest rank: one of the latencies there were. */
    private Duration percentile() {
        var rank = Math.ceilDiv(last.size() * PERCENTILE, WHOLE);
        return last.stream().sorted().skip(rank - 1L).findFirst().orElseThrow();
    }
}
