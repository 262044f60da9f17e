package dev.plimsoll.bench;

import dev.plimsoll.crash.App;
import dev.plimsoll.delivery.BareCourier;
import dev.plimsoll.delivery.CourierStand;
import dev.plimsoll.delivery.LoadReceiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * {@code bench courier [deliveries]}: the courier on a durable PostgreSQL of its own and a receiver in this process. Against a
 * bare loop; with a thousand requests in flight; beside receivers that are dead or slow; and fair between accounts.
 */
final class CourierProgram implements Program {
    private static final int DELIVERIES = 20_000;
    private static final int ACCOUNTS = 1_000;
    private static final int ROUNDS = 5;
    private static final int IN_FLIGHT = 1_000;
    private static final int LATENCY_MILLIS = 500;

    @Override
    public void run(Report report, List<String> args) throws Exception {
        var deliveries = args.isEmpty() ? DELIVERIES : Integer.parseInt(args.getFirst());
        var folder = Files.createTempDirectory("plimsoll-bench-");
        try (var app = new App(
                        folder.resolve("data"),
                        Map.of("plimsoll.pipeline.watch", "false", "plimsoll.pipeline.courier", "false"));
                var receiver = new LoadReceiver()) {
            app.start();
            try (var sql = app.sql();
                    var statement = sql.createStatement()) {
                statement.execute(BareCourier.TABLE);
            }
            try (var stand = stand(app, folder, Map.of())) {
                againstBare(report, stand, receiver, deliveries);
            }
            try (var stand = stand(app, folder, Map.of("slots", Integer.toString(IN_FLIGHT)))) {
                inFlight(report, stand, receiver);
            }
        }
    }

    private static CourierStand stand(App app, Path folder, Map<String, String> settings) throws Exception {
        return new CourierStand(app.databaseUrl(), app.password("engine"), folder, settings);
    }

    private static void againstBare(Report report, CourierStand stand, LoadReceiver receiver, int deliveries) {
        try (var bare = new BareCourier(stand)) {
            var urls = IntStream.range(0, ACCOUNTS)
                    .mapToObj(host -> receiver.url(1, "quick", 0))
                    .toList();
            var ratios = new ArrayList<Double>();
            for (var round = -1; round < ROUNDS; round++) {
                stand.clear();
                bare.put(urls, deliveries / ACCOUNTS);
                stand.put(stand.hooks(urls), deliveries / ACCOUNTS);
                var first = seconds(bare::drain);
                var second = seconds(stand::drain);
                report.line(
                        "against a bare loop",
                        Map.of("round", round, "barePerSecond", deliveries / first, "perSecond", deliveries / second));
                if (round >= 0) {
                    ratios.add(first / second);
                }
            }
            report.atLeast(
                    "deliveries / bare loop", ratios.stream().sorted().toList().get(ROUNDS / 2), 0.7, "x");
        }
    }

    private static void inFlight(Report report, CourierStand stand, LoadReceiver receiver) {
        for (var hosts : new int[] {20, 100}) {
            stand.clear();
            receiver.reset();
            var urls = IntStream.range(0, ACCOUNTS)
                    .mapToObj(host -> receiver.url(1 + host % hosts, "steady", LATENCY_MILLIS))
                    .toList();
            stand.put(stand.hooks(urls), 10);
            var seconds = seconds(stand::drain);
            var ideal = 10.0 * ACCOUNTS / IN_FLIGHT * LATENCY_MILLIS / 1_000;
            report.line("in flight", Map.of("hosts", hosts, "seconds", seconds, "most", receiver.mostInFlight()));
            report.atLeast(IN_FLIGHT + " in flight, " + hosts + " hosts, rate / ideal", ideal / seconds, 0.9, "x");
        }
    }

    private static double seconds(Runnable work) {
        var start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }
}
