package dev.plimsoll.bench;

import dev.plimsoll.crash.FaultRun;
import dev.plimsoll.crash.Reckoning;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a fault run says in the end.
 *
 * @param rounds    one fault each
 * @param reckoning of all of them
 */
record FaultFigures(FaultRun run, int rounds, Reckoning reckoning) {
    private static final int SLOWEST_ROUND_SECONDS = 60;

    /** The lease of 3 s that these replicas have, and 5 s. */
    private static final int SLOWEST_TAKEOVER_SECONDS = 8;

    void into(Report report) {
        report.line(
                "reckoning",
                Map.of(
                        "seed", run.seed(),
                        "lost", reckoning.lost(),
                        "duplicatedOtherwise", reckoning.unexcused(),
                        "late", reckoning.late(),
                        "takeovers", run.takeovers().toString()));
        report.note("seed", Long.toString(run.seed()));
        report.figure("faults", rounds, "");
        report.figure("notices", reckoning.notices(), "");
        report.figure("messages delivered", reckoning.delivered(), "");
        report.atMost("lost", reckoning.lost().size(), 0, "");
        report.figure("duplicated, in flight at a fault", reckoning.excused(), "");
        report.atMost("duplicated otherwise", reckoning.unexcused().size(), 0, "");
        report.atMost("late", reckoning.late().size(), 0, "");
        report.atMost("slowest round after its fault", slowest(run.settled()), SLOWEST_ROUND_SECONDS, "s");
        run.takeovers()
                .forEach((fault, took) ->
                        report.atMost("take-over, " + fault, slowest(took), SLOWEST_TAKEOVER_SECONDS, "s"));
    }

    private static double slowest(List<Duration> durations) {
        return durations.stream().mapToLong(Duration::toMillis).max().orElse(0) / 1000.0;
    }
}
