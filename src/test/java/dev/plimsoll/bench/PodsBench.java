package dev.plimsoll.bench;

import dev.plimsoll.crash.FaultRun;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * {@code bench pods [rounds] [seed] [revision or jar]}: three packaged replicas, each in a network namespace as a pod has one, on one
 * PostgreSQL and one Redis. In turn one is killed, cut from PostgreSQL, paused, cut from Redis (every packet dropped), and all
 * are rolled from an earlier build to this one and back; says what was lost, late or came twice, and how long take-overs took.
 */
final class PodsBench implements Program {
    private static final int ROUNDS = 20;
    private static final int LOANS_OF_EACH_ACCOUNT = 63;

    @Override
    public boolean isShort() {
        return false;
    }

    @Override
    public void run(Report report, List<String> args) throws Exception {
        var rounds = args.isEmpty() ? ROUNDS : Integer.parseInt(args.get(0));
        var seed = args.size() < 2 ? System.nanoTime() : Long.parseLong(args.get(1));
        var previous = args.size() < 3 ? EarlierBuild.ofThisSchema() : EarlierBuild.of(args.get(2));
        report.note(
                "rolled from",
                previous.map(EarlierBuild::revision).orElse("nothing: no earlier build has this schema"));
        var folder = Files.createTempDirectory("plimsoll-pods-");
        var run = FaultRun.ofPods(folder, seed, LOANS_OF_EACH_ACCOUNT, previous.map(EarlierBuild::jar), System.out);
        if (run.isEmpty()) {
            throw new IOException("pods need network namespaces: run it as root, with iproute2");
        }
        try (var pods = run.get()) {
            new FaultFigures(pods, rounds, pods.runOfPods(rounds)).into(report);
        }
    }
}
