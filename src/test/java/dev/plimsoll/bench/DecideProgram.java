package dev.plimsoll.bench;

import com.sun.management.ThreadMXBean;
import dev.plimsoll.pipeline.DecidingLoad;
import java.lang.management.ManagementFactory;
import java.util.List;

/** What it costs to decide one critical alert with all it says, on one thread: first in a cold JVM, then in a warm one. */
final class DecideProgram implements Program {
    private static final int POSITIONS = 2_000;
    private static final int WARM_UP = 20;
    private static final int ROUNDS = 10;

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private int characters;

    @Override
    public void run(Report report, List<String> args) {
        var load = new DecidingLoad(POSITIONS);
        report.figure("the first 2,000 after a start, CPU an alert", micros(load, 1), "µs");
        micros(load, WARM_UP);
        report.figure("warm, CPU an alert", micros(load, ROUNDS), "µs");
        var before = thread.getCurrentThreadAllocatedBytes();
        decide(load);
        report.figure(
                "allocated an alert", (thread.getCurrentThreadAllocatedBytes() - before) / 1024.0 / POSITIONS, "KB");
        report.figure("data of a notice", characters / (double) POSITIONS, "characters");
    }

    private double micros(DecidingLoad load, int rounds) {
        var before = thread.getCurrentThreadCpuTime();
        for (var round = 0; round < rounds; round++) {
            decide(load);
        }
        return (thread.getCurrentThreadCpuTime() - before) / 1e3 / rounds / POSITIONS;
    }

    private void decide(DecidingLoad load) {
        var notices = load.decide();
        if (notices.size() != POSITIONS) {
            throw new IllegalStateException("decided " + notices.size() + " alerts instead of " + POSITIONS);
        }
        characters = notices.stream().mapToInt(String::length).sum();
    }
}
