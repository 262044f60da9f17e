package dev.plimsoll.bench;

import dev.plimsoll.crash.CrashRun;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/**
 * {@code bench faults [rounds] [seed]}: kills the packaged service or its PostgreSQL once a round, a hundred times unless
 * told otherwise, and says what was lost and what came twice.
 */
final class FaultBench implements Program {
    private static final int ROUNDS = 100;

    @Override
    public boolean isShort() {
        return false;
    }

    @Override
    public void run(Report report, List<String> args) throws Exception {
        var rounds = args.isEmpty() ? ROUNDS : Integer.parseInt(args.get(0));
        var seed = args.size() < 2 ? System.nanoTime() : Long.parseLong(args.get(1));
        try (var run = new CrashRun(Files.createTempDirectory("plimsoll-crash-"), seed, System.out)) {
            var reckoning = run.run(rounds);
            report.line(
                    "reckoning",
                    Map.of("seed", seed, "lost", reckoning.lost(), "duplicatedOtherwise", reckoning.unexcused()));
            report.note("seed", Long.toString(seed));
            report.figure("kills", rounds, "");
            report.figure("notices", reckoning.notices(), "");
            report.figure("messages delivered", reckoning.delivered(), "");
            report.atMost("lost", reckoning.lost().size(), 0, "");
            report.figure("duplicated, in flight at a kill", reckoning.excused(), "");
            report.atMost("duplicated otherwise", reckoning.unexcused().size(), 0, "");
        }
    }
}
