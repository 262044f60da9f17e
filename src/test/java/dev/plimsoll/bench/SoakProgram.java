package dev.plimsoll.bench;

import java.io.IOException;
import java.util.List;

/**
 * {@code bench soak [ticks] [seed]}: an hour of simulated life at {@code every=2s}, unless told otherwise, in a real
 * crash while price sources fail at random. It is a test of the whole service, so Maven runs it; its JSON line says what
 * was seen, and its failures what does not hold.
 */
final class SoakProgram implements Program {
    private static final String AN_HOUR = "1800";

    @Override
    public boolean isShort() {
        return false;
    }

    @Override
    public void run(Report report, List<String> args) throws IOException, InterruptedException {
        var ticks = args.isEmpty() ? AN_HOUR : args.get(0);
        var seed = args.size() < 2 ? Long.toString(System.nanoTime()) : args.get(1);
        var maven = new ProcessBuilder(
                        "mvn", "-q", "-B", "test", "-Dtest=SoakTest", "-Dsoak.ticks=" + ticks, "-Dsoak.seed=" + seed)
                .inheritIO()
                .start();
        var failed = maven.waitFor() != 0;
        report.note("seed", seed);
        report.figure("simulated", Double.parseDouble(ticks) * 2 / 60, "min");
        report.atMost("what does not hold", failed ? 1 : 0, 0, "");
    }
}
