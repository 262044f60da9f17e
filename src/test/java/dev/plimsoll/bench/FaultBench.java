package dev.plimsoll.bench;

import dev.plimsoll.crash.FaultRun;
import java.nio.file.Files;
import java.util.List;

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
            new FaultFigures(run, rounds, run.run(rounds)).into(report);
        }
    }
}
