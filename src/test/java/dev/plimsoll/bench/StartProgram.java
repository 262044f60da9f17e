package dev.plimsoll.bench;

import static org.awaitility.Awaitility.await;

import dev.plimsoll.crash.App;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code bench start [JVM options instead of the launcher's]}. From the start of the process to ready, with embedded servers: the first time, on an empty data folder, and the next
 * times. And the memory of all its processes then.
 */
final class StartProgram implements Program {
    private static final int RESTARTS = 3;
    private static final int POSITIONS = 10_000;
    private static final String HEAP = "-Xmx256m";
    private static final Map<String, String> QUIET =
            Map.of("plimsoll.oracle.only", "coinbase", "plimsoll.oracle.sources.coinbase.enabled", "false");

    @Override
    public void run(Report report, List<String> args)
            throws IOException, InterruptedException, SQLException, GeneralSecurityException {
        var folder = Files.createTempDirectory("plimsoll-bench-");
        var options = Stream.concat(Stream.of(HEAP), args.isEmpty() ? launchers(folder) : args.stream())
                .toArray(String[]::new);
        try {
            var first = start(report, folder.resolve("data"), options, "first start, empty data folder");
            report.figure("first start, empty data folder", first.seconds(), "s");
            var fastest = first;
            for (var round = 0; round < RESTARTS; round++) {
                var next = start(report, folder.resolve("data"), options, "start again");
                fastest = next.seconds() < fastest.seconds() ? next : fastest;
            }
            report.atMost("start to ready, best of " + RESTARTS, fastest.seconds(), 4, "s");
            report.atMost("memory of all processes (PSS)", fastest.memory().shareMegabytes(), 350, "MB");
            report.figure(
                    "memory of all processes (RSS summed)", fastest.memory().residentMegabytes(), "MB");
            inUse(report, folder.resolve("town"), options);
        } finally {
            delete(folder);
        }
    }

    /** What the launcher gives the JVM; the archive is made when the first start ends. */
    private static Stream<String> launchers(Path folder) {
        var modest = Stream.of("-XX:+UseSerialGC", "-Xms32m");
        var archive = Stream.of(
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + folder.resolve("plimsoll.jsa"),
                "-Xlog:cds*=off");
        var compact = Stream.of("-XX:+UseCompactObjectHeaders")
                .filter(any -> Runtime.version().feature() >= 25);
        return Stream.of(modest, archive, compact).flatMap(some -> some);
    }

    /** With a book, prices every two seconds and a webhook for each account. */
    private static void inUse(Report report, Path folder, String... options)
            throws IOException, InterruptedException, SQLException, GeneralSecurityException {
        try (var town = new CrashTown(new Crowd(POSITIONS), Files.createDirectory(folder), options)) {
            town.open();
            var memory = town.memory();
            report.line("10k positions", Map.of("rssMb", memory.residentMegabytes(), "pssMb", memory.shareMegabytes()));
            report.atMost("memory at 10k positions (PSS), -Xmx256m", memory.shareMegabytes(), 350, "MB");
        }
    }

    private record Start(double seconds, Memory memory) {}

    private static Start start(Report report, Path data, String[] options, String what)
            throws IOException, InterruptedException {
        try (var app = new App(data, QUIET, options)) {
            var begin = System.nanoTime();
            app.start();
            var seconds = (System.nanoTime() - begin) / 1e9;
            var memory = Memory.of(app.process());
            report.line(
                    what,
                    Map.of("seconds", seconds, "rssMb", memory.residentMegabytes(), "pssMb", memory.shareMegabytes()));
            var servers = app.process().descendants().toList();
            if (!app.stop(Duration.ofSeconds(30))) {
                throw new IllegalStateException("it did not end within 30 s, see " + app.log());
            }
            await("its servers to end").until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
            return new Start(seconds, memory);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
