package dev.plimsoll.bench;

import dev.plimsoll.bench.CrowdReceiver.Manner;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code bench crash [positions] [JVM options of the service]}: a price falls and one position in ten breaches at once.
 * The packaged service with its own PostgreSQL, from the start of the tick that sees it to the last webhook; beside it a
 * bare loop that sends as many; then the same again while one receiving host in ten is slow, and dead.
 */
final class CrashProgram implements Program {
    private static final int POSITIONS = 20_000;
    private static final double FIRST_MILLIS = 60;
    private static final double MILLIS_AN_ALERT = 0.075;
    private static final double MILLIS_AN_ALERT_OF_MANY = 0.06;
    private static final int MANY = 1_000_000;

    @Override
    public boolean isShort() {
        return false;
    }

    @Override
    public void run(Report report, List<String> args) throws Exception {
        var positions = args.isEmpty() ? POSITIONS : Integer.parseInt(args.getFirst());
        var options = Stream.concat(
                        Stream.of(CrashTown.COLLECTOR), args.stream().skip(1))
                .toArray(String[]::new);
        var crowd = new Crowd(positions);
        var folder = Files.createTempDirectory("plimsoll-bench-crash-");
        try (var town = new CrashTown(crowd, folder, options)) {
            town.open();
            describe(report, crowd, town);
            drain(report, town, Fall.REHEARSAL, Manner.PROMPT, "first fall after its start");
            var drained = drain(report, town, Fall.CRASH, Manner.PROMPT, "crash");
            aims(report, drained, positions);
            bare(report, town, drained);
            var slow = drain(report, town, Fall.WITH_SLOW_RECEIVERS, Manner.SLOW, "1 host in 10 answers after 2 s");
            report.atMost("1 host in 10 slow: last of the others / last without", ratio(slow, drained), 1.05, "x");
            var dead = drain(report, town, Fall.WITH_DEAD_RECEIVERS, Manner.DEAD, "1 host in 10 never answers");
            report.atMost("1 host in 10 dead: last of the others / last without", ratio(dead, drained), 1.05, "x");
            report.atMost("signatures that do not hold", town.receiver().forged(), 0, "");
        }
    }

    private static void describe(Report report, Crowd crowd, CrashTown town) throws Exception {
        report.figure("positions", crowd.positions(), "");
        report.figure("accounts", crowd.members().size(), "");
        for (var setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            report.note("PostgreSQL " + setting, town.setting(setting));
        }
    }

    private static Drained drain(Report report, CrashTown town, Fall fall, Manner manner, String what)
            throws Exception {
        var drained = town.fall(fall, manner);
        var values = new HashMap<String, Object>(Map.of(
                "alerts", drained.arrived().size(),
                "pollWaitMs", drained.pollWaitMillis(),
                "firstMs", drained.firstMillis(),
                "medianMs", drained.millis(0.5),
                "p99Ms", drained.millis(0.99),
                "lastMs", drained.lastMillis(),
                "lastTransactionBeganMs", drained.committingMillis(),
                "perSecond", drained.rate()));
        var alerts = drained.arrived().size();
        var service = drained.used().serviceMicros(alerts);
        var servers = drained.used().serversMicros(alerts);
        values.put("serviceCpuMicrosEach", service);
        values.put("serversCpuMicrosEach", servers);
        values.put("lost", drained.lost());
        values.put("duplicated", drained.duplicated());
        report.line(what, values);
        report.figure(what + ": alerts", drained.arrived().size(), "");
        report.figure(what + ": poll wait", drained.pollWaitMillis(), "ms");
        report.figure(what + ": first webhook", drained.firstMillis(), "ms");
        report.figure(what + ": last transaction of the watch began", drained.committingMillis(), "ms");
        report.figure(what + ": last webhook", drained.lastMillis(), "ms");
        report.figure(what + ": webhooks", drained.rate(), "/s");
        report.figure(what + ": service, CPU an alert", service, "µs");
        report.figure(what + ": PostgreSQL and Redis, CPU an alert", servers, "µs");
        report.atMost(what + ": lost", drained.lost().size(), 0, "");
        report.atMost(what + ": duplicated", drained.duplicated().size(), 0, "");
        return drained;
    }

    private static void aims(Report report, Drained drained, int positions) {
        var each = positions >= MANY ? MILLIS_AN_ALERT_OF_MANY : MILLIS_AN_ALERT;
        report.atMost("crash: first webhook", drained.firstMillis(), FIRST_MILLIS, "ms");
        report.atMost(
                "crash: last webhook",
                drained.lastMillis(),
                each * drained.arrived().size(),
                "ms");
    }

    private static void bare(Report report, CrashTown town, Drained drained) throws Exception {
        var bare = town.bare(drained.tick()).toNanos() / 1e6;
        report.figure("bare loop of claim, signed POST and delete, as many", bare, "ms");
        report.figure("crash: last webhook / bare loop", drained.lastMillis() / bare, "x");
    }

    private static double ratio(Drained one, Drained other) {
        return one.lastMillis() / other.lastMillis();
    }
}
