package dev.plimsoll.bench;

import dev.plimsoll.book.AssetRulesLoad;
import java.util.List;

/** A calm tick over many users' rules on assets, against a bare loop over as many numbers in the same run. */
final class RulesProgram implements Program {
    private static final int RULES = 100_000;
    private static final int WARM_UP = 50;
    private static final int ROUNDS = 101;

    private double sink;

    @Override
    public void run(Report report, List<String> args) {
        var load = new AssetRulesLoad(RULES);
        var numbers = new double[RULES];
        var pair = Rounds.sideBySide(WARM_UP, ROUNDS, () -> compare(numbers), () -> check(load.tick()));
        report.line("100k rules on assets", pair.ours().spread());
        report.figure("100k rules on assets, bare comparison", pair.bare().medianMillis(), "ms");
        report.atMost("100k rules on assets, 122 conditions", pair.ours().medianMillis(), 10, "ms");
    }

    private void compare(double[] numbers) {
        var least = Double.MAX_VALUE;
        for (var number : numbers) {
            least = Math.min(least, number);
        }
        sink += least;
    }

    private static void check(int selected) {
        if (selected != 0) {
            throw new IllegalStateException("a calm tick selected " + selected);
        }
    }
}
