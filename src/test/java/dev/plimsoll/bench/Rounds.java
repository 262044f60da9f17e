package dev.plimsoll.bench;

import java.util.Arrays;
import java.util.Map;

/**
 * How long something took, round by round.
 *
 * @param nanos sorted
 */
record Rounds(long[] nanos) {

    /** Two things, measured in turns so that both see the same machine. */
    record Pair(Rounds bare, Rounds ours, double ratio) {}

    /** @param warmUp rounds that are not counted */
    static Pair sideBySide(int warmUp, int rounds, Runnable bare, Runnable ours) {
        return sideBySide(warmUp, rounds, () -> {}, bare, ours);
    }

    /** @param before each round, not measured */
    static Pair sideBySide(int warmUp, int rounds, Runnable before, Runnable bare, Runnable ours) {
        var bares = new long[rounds];
        var all = new long[rounds];
        var ratios = new double[rounds];
        for (var round = -warmUp; round < rounds; round++) {
            before.run();
            var first = time(bare);
            var second = time(ours);
            if (round >= 0) {
                bares[round] = first;
                all[round] = second;
                ratios[round] = (double) second / first;
            }
        }
        Arrays.sort(ratios);
        return new Pair(of(bares), of(all), ratios[rounds / 2]);
    }

    private static long time(Runnable task) {
        var start = System.nanoTime();
        task.run();
        return System.nanoTime() - start;
    }

    private static Rounds of(long[] nanos) {
        Arrays.sort(nanos);
        return new Rounds(nanos);
    }

    double medianMillis() {
        return nanos[nanos.length / 2] / 1e6;
    }

    /** @param share of the rounds that took no longer */
    double millis(double share) {
        return nanos[(int) (share * (nanos.length - 1))] / 1e6;
    }

    /** For a JSON line: median, quartiles and extremes in milliseconds. */
    Map<String, Object> spread() {
        return Map.of(
                "medianMs",
                medianMillis(),
                "quartilesMs",
                quantile(0.25) + ".." + quantile(0.75),
                "extremesMs",
                quantile(0) + ".." + quantile(1),
                "rounds",
                nanos.length);
    }

    private String quantile(double share) {
        return String.format(java.util.Locale.ROOT, "%.3f", millis(share));
    }
}
