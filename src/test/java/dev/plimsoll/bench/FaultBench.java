package dev.plimsoll.bench;

import dev.plimsoll.crash.FaultRun;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * {@code bench faults [rounds] [seed]}: three packaged replicas, their PostgreSQL, Redis, disk and clock fail at random, once
 * a round, forty times unless told otherwise, which makes more than 10,000 alerts; says what was lost, late or came twice.
 */
final class FaultBench implements Program {
    private static final int ROUNDS = 40;
    private static final int LOANS_OF_EACH_ACCOUNT = 63;

    @Override
    public boolean isShort() {
        return false;
    }

    @Override
    public void run(Report report, List<String> args) throws Exception {
        var rounds = args.isEmpty() ? ROUNDS : Integer.parseInt(args.get(0));
        var seed = args.size() < 2 ? System.nanoTime() : Long.parseLong(args.get(1));
        var folder = Files.createTempDirectory("plimsoll-faults-");
        try (var run = new FaultRun(folder, seed, LOANS_OF_EACH_ACCOUNT, System.out)) {
            var reckoning = run.run(rounds);
            report.line(
                    "reckoning",
                    Map.of(
                            "seed", seed,
                            "lost", reckoning.lost(),
                            "duplicatedOtherwise", reckoning.unexcused(),
                            "late", reckoning.late(),
                            "takeovers", run.takeovers().toString()));
            report.note("seed", Long.toString(seed));
            report.figure("faults", rounds, "");
            report.figure("notices", reckoning.notices(), "");
            report.figure("messages delivered", reckoning.delivered(), "");
            report.atMost("lost", reckoning.lost().size(), 0, "");
            report.figure("duplicated, in flight at a fault", reckoning.excused(), "");
            report.atMost("duplicated otherwise", reckoning.unexcused().size(), 0, "");
            report.atMost("late", reckoning.late().size(), 0, "");
            report.atMost("slowest round after its fault", seconds(run.settled()), 60, "s");
            run.takeovers().forEach((fault, took) -> report.atMost("take-over, " + fault, seconds(took), 8, "s"));
        }
    }

    private static double seconds(List<Duration> durations) {
        return durations.stream().mapToLong(Duration::toMillis).max().orElse(0) / 1000.0;
    }
}
