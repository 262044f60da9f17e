package dev.plimsoll.bench;

import static org.awaitility.Awaitility.await;

import dev.plimsoll.crash.App;
import dev.plimsoll.delivery.CourierStand;
import dev.plimsoll.delivery.LoadReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * {@code bench pending [notices] [JVM option…]}: a packaged courier with a heap of 256 MB comes up before 100,000 pending notices,
 * half of them for hosts that take half a second to answer; says how long it takes and whether any was lost or came twice.
 */
final class PendingProgram implements Program {
    private static final int NOTICES = 100_000;
    private static final int CHANNELS = 1_000;
    private static final int HOSTS = 100;
    private static final int SLOW_MILLIS = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    @Override
    public boolean isShort() {
        return false;
    }

    @Override
    public void run(Report report, List<String> args) throws Exception {
        var notices = args.isEmpty() ? NOTICES : Integer.parseInt(args.getFirst());
        var options = args.stream().skip(1).toArray(String[]::new);
        var data = Files.createTempDirectory("plimsoll-bench-pending-").resolve("data");
        try (var receiver = new LoadReceiver()) {
            fill(data, receiver, notices);
            var settings = Map.of(
                    "plimsoll.pipeline.watch", "false",
                    "plimsoll.delivery.allow-private", "127.0.0.0/8",
                    "plimsoll.delivery.allow-http", "true",
                    "plimsoll.delivery.ports", Integer.toString(receiver.port()));
            try (var app = new App(data, settings, options)) {
                drain(report, app, receiver, notices);
            }
        }
    }

    private static void fill(Path data, LoadReceiver receiver, int notices) throws Exception {
        var idle = Map.of("plimsoll.pipeline.watch", "false", "plimsoll.pipeline.courier", "false");
        try (var app = new App(data, idle)) {
            app.start();
            try (var stand = new CourierStand(app.databaseUrl(), app.password("engine"), data, Map.of())) {
                var urls = IntStream.range(0, CHANNELS)
                        .mapToObj(channel -> channel % 2 == 0
                                ? receiver.url(1 + channel % HOSTS, "quick", 0)
                                : receiver.url(1 + channel % HOSTS, "slow", SLOW_MILLIS))
                        .toList();
                stand.put(stand.hooks(urls), notices / CHANNELS);
            }
        }
    }

    private static void drain(Report report, App app, LoadReceiver receiver, int notices)
            throws IOException, SQLException {
        var start = System.nanoTime();
        app.start();
        await("everything delivered, see " + app.log())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> number(app, "select count(*) from queue") == 0);
        report.figure("notices", notices, "");
        report.figure("from the start of the process to the last", (System.nanoTime() - start) / 1e9, "s");
        report.atLeast(
                "delivered", number(app, "select count(*) from delivery where state = 'delivered'"), notices, "");
        report.atMost("requests", receiver.received("quick") + receiver.received("slow"), notices, "");
        report.figure(
                "service and its servers, resident", Memory.of(app.process()).shareMegabytes(), "MB");
    }

    private static int number(App app, String query) throws IOException, SQLException {
        try (var sql = app.sql();
                var statement = sql.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
