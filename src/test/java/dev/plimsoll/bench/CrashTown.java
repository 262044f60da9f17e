package dev.plimsoll.bench;

import static org.awaitility.Awaitility.await;

import dev.plimsoll.bench.CrowdReceiver.Manner;
import dev.plimsoll.crash.App;
import dev.plimsoll.crash.PriceServer;
import dev.plimsoll.delivery.Sealer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A {@link Crowd} with its receivers, its prices, and the packaged service that watches over it. */
final class CrashTown implements AutoCloseable {
    /** As the launcher advises for very many positions: G1 spends a quarter of the processor on marking what lives. */
    static final String COLLECTOR = "-XX:+UseParallelGC";

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int LEAST_HEAP_MB = 256;
    private static final int HEAP_BYTES_A_POSITION = 5_000;

    private final Crowd crowd;
    private final CrowdReceiver receiver;
    private final PriceServer prices;
    private final Path data;
    private final String[] options;
    private final HttpClient http = HttpClient.newHttpClient();
    private App app;
    private double emptyHeapBytes;

    /** @param options of the service's JVM */
    CrashTown(Crowd crowd, Path folder, String... options) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // or the prices alone take 40 ms
        this.crowd = crowd;
        this.receiver = new CrowdReceiver(crowd);
        this.prices = new PriceServer();
        this.data = folder.resolve("data");
        var heap = LEAST_HEAP_MB + (int) ((long) crowd.positions() * HEAP_BYTES_A_POSITION >> 20);
        this.options = Stream.concat(Stream.of("-Xmx" + heap + "m"), Stream.of(options))
                .toArray(String[]::new);
        List.of("USDC", "USDT", "DAI").forEach(stable -> prices.set(stable, "1"));
        Stream.of(Fall.values()).forEach(fall -> prices.set(fall.asset, fall.before()));
    }

    /** Returns when every position was judged and nothing more is to be looked at. */
    void open() throws IOException, InterruptedException, SQLException, GeneralSecurityException {
        begin(Map.of("plimsoll.pipeline.watch", "false", "plimsoll.pipeline.courier", "false"));
        try (var sql = app.sql()) {
            new CrowdRows(crowd, new Sealer(data), receiver.port()).put(sql);
        }
        emptyHeapBytes = heapBytes();
        app.close();
        begin(Map.of());
        await("everything judged, see " + app.log())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> meter("plimsoll_positions{judgement=\"judged\"") == crowd.positions());
        calm();
    }

    private void begin(Map<String, String> more) throws IOException {
        var settings = new HashMap<>(Map.of(
                "plimsoll.pipeline.every", "2s",
                "plimsoll.pipeline.rehearsal", "5000", // as where nobody sets it
                "plimsoll.delivery.allow-private", "127.0.0.0/8",
                "plimsoll.delivery.allow-http", "true",
                "plimsoll.delivery.ports", Integer.toString(receiver.port())));
        settings.putAll(prices.settings());
        settings.putAll(more);
        app = new App(data, settings, options);
        app.start();
    }

    CrowdReceiver receiver() {
        return receiver;
    }

    /** @param manner of bad hosts, for which nobody waits unless they are prompt */
    Drained fall(Fall fall, Manner manner) throws IOException, SQLException {
        calm();
        receiver.clear();
        receiver.manner(manner);
        var all = manner == Manner.PROMPT;
        var before = Cpu.of(app.process());
        var fell = Instant.now();
        prices.set(fall.asset, fall.after());
        var expected = all ? crowd.taken(fall) : crowd.taken(fall, false);
        await("webhooks, see " + app.log())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> (all ? receiver.count() : receiver.countOnGoodHosts()) >= expected);
        var others = crowd.members().stream()
                .filter(member -> !all && member.isOnBadHost())
                .map(Crowd.Member::number)
                .toList();
        var used = Cpu.of(app.process()).since(before);
        receiver.manner(Manner.PROMPT);
        try (var sql = app.sql()) {
            return Drained.of(sql, fell, used, expected, others, receiver.arrivals());
        }
    }

    /** Nothing waits to be sent and nothing is about to fire; a few positions may stand so near a limit that every tick looks. */
    private void calm() {
        await("calm, see " + app.log())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> meter("plimsoll_tick_selected") <= crowd.positions() / 100_000
                        && number("select count(*) from alert where state = 'pending'") == 0
                        && number("select count(*) from queue") == 0);
    }

    /** How long a bare loop takes for as many webhooks as one tick led to. */
    Duration bare(Instant tick) throws IOException, SQLException {
        calm();
        try (var bare = new BareOutbox(app.databaseUrl(), app.password("postgres"), crowd, receiver.port())) {
            return bare.drain(tick);
        }
    }

    /** A setting of PostgreSQL. */
    String setting(String name) throws IOException, SQLException {
        try (var sql = app.sql();
                var rows = sql.createStatement().executeQuery("show " + name)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** A figure of the line that the service wrote when its book was loaded. */
    long loaded(String figure) throws IOException {
        try (var lines = Files.lines(app.log())) {
            return lines.filter(line -> line.contains("book loaded:"))
                    .map(line -> line.replaceFirst(".* " + figure + "=(\\d+).*", "$1"))
                    .mapToLong(Long::parseLong)
                    .max()
                    .orElseThrow();
        }
    }

    /** What is alive on the service's heap. */
    double heapBytes() throws IOException, InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        new ProcessBuilder(jcmd, Long.toString(app.process().pid()), "GC.run")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        return metrics()
                .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                .mapToDouble(CrashTown::value)
                .sum();
    }

    /** The same before there was any position. */
    double emptyHeapBytes() {
        return emptyHeapBytes;
    }

    /** Of the service and its servers. */
    Memory memory() {
        return Memory.of(app.process());
    }

    private int number(String query) throws IOException, SQLException {
        try (var sql = app.sql();
                var statement = sql.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private double meter(String name) throws IOException, InterruptedException {
        return metrics()
                .filter(line -> line.startsWith(name))
                .mapToDouble(CrashTown::value)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no metric " + name));
    }

    private Stream<String> metrics() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(app.uri("/q/metrics")).build();
        return http.send(request, BodyHandlers.ofString()).body().lines();
    }

    private static double value(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }

    @Override
    public void close() throws InterruptedException {
        if (app != null) {
            app.close();
        }
        prices.close();
        receiver.close();
    }
}
