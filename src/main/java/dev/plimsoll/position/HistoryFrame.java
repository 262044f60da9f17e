package dev.plimsoll.position;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;

/**
 * The steps of a history. Each is judged in one or more bins of equal length: the finer, the nearer the lows of several
 * prices that did not meet are to what was.
 *
 * @param from a multiple of the step since 1970, so that the points of two overlapping histories are the same
 * @param to   the last step ends here or a little later
 * @param step whole minutes
 * @param bin  whole minutes, of which the step is a multiple
 */
public record HistoryFrame(Instant from, Instant to, Duration step, Duration bin) {

    /** How many steps a history may have. */
    public static final int MOST_POINTS = 2_000;

    /** How many judgements it may take. */
    private static final int MOST_BINS = 3_000;

    public HistoryFrame {
        if (!from.isBefore(to) || count(from, to, step) > MOST_POINTS + 1) {
            throw new IllegalArgumentException(
                    "a history has 1 to " + MOST_POINTS + " points, was from " + from + " to " + to + " by " + step);
        }
    }

    public static HistoryFrame of(Instant from, Instant to, Duration step) {
        var seconds = step.toSeconds();
        var start = Instant.ofEpochSecond(Math.floorDiv(from.getEpochSecond(), seconds) * seconds);
        return new HistoryFrame(start, to, step, bin(start, to, step));
    }

    /** How many steps lie between, the last one begun counted. */
    public static long count(Instant from, Instant to, Duration step) {
        var seconds = Duration.between(from, to).toSeconds();
        return Math.ceilDiv(seconds, step.toSeconds());
    }

    private static Duration bin(Instant from, Instant to, Duration step) {
        return IntStream.rangeClosed(1, (int) step.toMinutes())
                .filter(minutes -> step.toMinutes() % minutes == 0)
                .mapToObj(Duration::ofMinutes)
                .filter(bin -> count(from, to, bin) <= MOST_BINS)
                .findFirst()
                .orElse(step);
    }

    int points() {
        return (int) count(from, to, step);
    }

    int bins() {
        return (int) count(from, to, bin);
    }

    /** The places of a step's bins; of the last step only those that have begun. */
    IntStream binsOf(int point) {
        var each = (int) step.dividedBy(bin);
        return IntStream.range(point * each, Math.min((point + 1) * each, bins()));
    }

    Instant start(int index) {
        return from.plus(step.multipliedBy(index));
    }

    /** The places of the bins that have a moment in common with this time. */
    IntStream binsWithin(Instant since, Instant until) {
        var seconds = bin.toSeconds();
        var first = Math.floorDiv(Duration.between(from, since).toSeconds(), seconds);
        var last = Math.ceilDiv(Duration.between(from, until).toSeconds(), seconds);
        return IntStream.range((int) Math.max(0, first), (int) Math.min(bins(), last));
    }
}
