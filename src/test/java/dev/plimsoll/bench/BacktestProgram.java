package dev.plimsoll.bench;

import dev.plimsoll.pipeline.backtest.BacktestLoad;
import java.util.HashMap;
import java.util.List;

/** A rule tried on thirty days of minutes, against the same with every minute judged exactly; both must say the same. */
final class BacktestProgram implements Program {
    private static final int WARM_UP = 2;
    private static final int ROUNDS = 7;
    private static final int MANY = 500;

    private List<String> exact = List.of();
    private List<String> screened = List.of();

    @Override
    public void run(Report report, List<String> args) {
        one(report);
        many(report);
    }

    private void one(Report report) {
        var load = new BacktestLoad(1);
        var began = System.nanoTime();
        load.screened();
        report.figure("30 days of minutes, the first time", (System.nanoTime() - began) / 1e6, "ms");
        var pair = Rounds.sideBySide(WARM_UP, ROUNDS, () -> exact = load.exactly(), () -> screened = load.screened());
        check();
        var values = new HashMap<>(pair.ours().spread());
        values.put("exactMs", pair.bare().medianMillis());
        values.put("ratio", pair.ratio());
        values.put("ticks", load.ticks());
        report.line("30 days of minutes, one position", values);
        report.figure("30 days of minutes, every minute exactly", pair.bare().medianMillis(), "ms");
        report.atMost("30 days of minutes, one position", pair.ours().medianMillis(), 1000, "ms");
        report.figure("screened / exactly", pair.ratio(), "x");
    }

    private void check() {
        for (var line = 0; line < Math.max(exact.size(), screened.size()); line++) {
            if (line >= exact.size()
                    || line >= screened.size()
                    || !exact.get(line).equals(screened.get(line))) {
                throw new IllegalStateException("screened, a backtest says something else from line " + line + " on");
            }
        }
    }

    private static void many(Report report) {
        var load = new BacktestLoad(MANY);
        var began = System.nanoTime();
        load.screened();
        report.figure("30 days of minutes, " + MANY + " positions", (System.nanoTime() - began) / 1e6, "ms");
    }
}
