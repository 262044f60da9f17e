package dev.plimsoll.bench;

import dev.plimsoll.oracle.source.FanOut;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;

/**
 * {@code bench fan-out [ticks]}: how long a tick's market snapshot takes with good and bad price sources, each a server
 * of its own, against a bare client that asks the good ones alone. And what the judging alone takes.
 */
final class FanOutProgram implements Program {
    private static final int WARM_UP = 15;
    private static final int TICKS = 51;
    private static final Duration SLOW = Duration.ofMillis(700);

    @Override
    public void run(Report report, List<String> args) {
        var ticks = args.isEmpty() ? TICKS : Integer.parseInt(args.getFirst());
        try (var street = new FanOut(10, 0, 0, List.of(), Duration.ofSeconds(5))) {
            against(report, "10 good", street::nextTick, street::bare, street::snapshot, ticks, 1.15);
            judging(report, street);
        }
        try (var street = new FanOut(7, 1, 1, List.of(SLOW), Duration.ofMillis(900))) {
            against(
                    report,
                    "7 good, 1 failing, 1 hanging, 1 slow",
                    street::nextTick,
                    street::bare,
                    street::snapshot,
                    ticks,
                    1.15);
        }
        try (var eight = new FanOut(8, 0, 0, List.of(), Duration.ofSeconds(5));
                var nine = new FanOut(8, 0, 1, List.of(), Duration.ofMillis(300))) {
            Runnable next = () -> {
                eight.nextTick();
                nine.nextTick();
            };
            against(report, "8 good, 1 hanging (bare: without it)", next, eight::snapshot, nine::snapshot, ticks, 1.05);
        }
    }

    private static void against(
            Report report, String what, Runnable before, Runnable bare, Runnable ours, int ticks, double aim) {
        var pair = Rounds.sideBySide(WARM_UP, ticks, before, bare, ours);
        var values = new HashMap<>(pair.ours().spread());
        values.put("p95Ms", pair.ours().millis(0.95));
        values.put("bareMs", pair.bare().medianMillis());
        values.put("bareP95Ms", pair.bare().millis(0.95));
        values.put("ratio", pair.ratio());
        report.line(what, values);
        report.figure(what + ", bare", pair.bare().medianMillis(), "ms");
        report.figure(what + ", bare, p95", pair.bare().millis(0.95), "ms");
        report.figure(what + ", snapshot", pair.ours().medianMillis(), "ms");
        report.figure(what + ", snapshot, p95", pair.ours().millis(0.95), "ms");
        report.atMost(what + ", snapshot / bare", pair.ratio(), aim, "x");
    }

    /** Of 100 assets by 10 sources. */
    private static void judging(Report report, FanOut street) {
        var pair = Rounds.sideBySide(200, 101, () -> {}, () -> {}, street::judge);
        report.line("judging", pair.ours().spread());
        report.atMost("judging 10 sources x 100 assets", pair.ours().medianMillis(), 5, "ms");
    }
}
