package dev.plimsoll.oracle;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a lane's asks have taken lately and how the last one ended, in real time.
 *
 * @param took of its last asks that brought a price, the latest last
 */
record Habit(List<Duration> took, Last last) {
    static final Habit NONE = new Habit(List.of(), Last.NEVER);

    private static final int REMEMBERED = 20;
    private static final double HIGH = 0.9;
    private static final int MARGIN = 2;

    /** How the last ask ended. */
    enum Last {
        NEVER,
        IN_TIME,
        /** It brought prices, after the asking deadline. */
        LATE,
        /** It brought none at all. */
        FAILED
    }

    Habit {
        took = List.copyOf(took);
    }

    Habit answered(Duration latency, Duration deadline) {
        var latest = Stream.concat(took.stream().skip(Math.max(0, took.size() + 1 - REMEMBERED)), Stream.of(latency));
        return new Habit(latest.toList(), latency.compareTo(deadline) > 0 ? Last.LATE : Last.IN_TIME);
    }

    Habit failed() {
        return new Habit(took, Last.FAILED);
    }

    boolean isDoubted() {
        return last == Last.LATE || last == Last.FAILED;
    }

    /** Every other ask is faster; zero where nothing is known. */
    Duration typical() {
        return quantile(0.5);
    }

    /** Twice what nearly all asks take, and the last one took: a lane that has just become slower is waited for. */
    Duration patience() {
        var high = quantile(HIGH);
        var latest = took.isEmpty() ? Duration.ZERO : took.getLast();
        return (high.compareTo(latest) > 0 ? high : latest).multipliedBy(MARGIN);
    }

    private Duration quantile(double share) {
        if (took.isEmpty()) {
            return Duration.ZERO;
        }
        var sorted = took.stream().sorted().toList();
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
