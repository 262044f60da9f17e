package dev.plimsoll.crash;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Prices fall and rise; each time, at a random moment around it, the service or its PostgreSQL is killed with {@code
 * kill -9}, and each time every alert must have fired or resolved in the end, exactly once. The receiver is flaky
 * throughout. Afterwards all that was due is accounted for.
 */
public final class CrashRun implements AutoCloseable {
    private static final int LOANS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int LATEST_FAULT_MILLIS = 3_000;

    private final Random random;
    private final PrintStream log;
    private final PriceServer prices = new PriceServer();
    private final FlakyReceiver receiver;
    private final App app;
    private final List<Instant> kills = new ArrayList<>();

    /** @param folder where the service keeps its data; made new */
    public CrashRun(Path folder, long seed, PrintStream log) throws IOException {
        this.random = new Random(seed);
        this.log = log;
        this.receiver = new FlakyReceiver(seed);
        Files.createDirectories(folder);
        this.app = new App(folder.resolve("data"), settings());
        prices.set("USDC", "1");
        log.printf("crash run: seed=%d log=%s%n", seed, app.log());
    }

    /** Kills once a round; the reckoning is made when everything had time to arrive. */
    public Reckoning run(int rounds) throws IOException, InterruptedException, SQLException {
        rise();
        app.start();
        borrow();
        receiver.flaky(true);
        for (var round = 1; round <= rounds; round++) {
            round(round);
        }
        receiver.flaky(false);
        return reckon();
    }

    @Override
    public void close() throws InterruptedException {
        app.close();
        receiver.close();
        prices.close();
    }

    private void borrow() throws IOException, InterruptedException {
        var api = Api.signUp(app);
        api.dropDefaultRules();
        api.channel(receiver.url());
        for (var loan = 0; loan < LOANS; loan++) {
            api.loan("loan " + loan, "1", Integer.toString(1_200 + 40 * loan));
        }
        api.rule();
    }

    private void round(int round) throws IOException, InterruptedException {
        var fault = random.nextInt(3) == 0 ? "postgresql" : "service";
        var delay = Duration.ofMillis(random.nextInt(LATEST_FAULT_MILLIS));
        var started = Instant.now();
        move(round);
        await().pollDelay(delay).atMost(delay.plusSeconds(2)).until(() -> true);
        kill(fault);
        await("round " + round + ", see " + app.log())
                .ignoreExceptions()
                .pollInterval(Duration.ofMillis(200))
                .atMost(PATIENCE)
                .until(() -> settled(round));
        log.printf(
                "round %d: killed=%s after=%dms settled=%dms%n",
                round,
                fault,
                delay.toMillis(),
                Duration.between(started, Instant.now()).toMillis());
    }

    private void move(int round) {
        if (isFall(round)) {
            prices.set("ETH", "1500");
        } else {
            rise();
        }
    }

    private void rise() {
        prices.set("ETH", "3000");
    }

    private static boolean isFall(int round) {
        return round % 2 == 1;
    }

    private void kill(String fault) throws IOException, InterruptedException {
        kills.add(Instant.now());
        if (fault.equals("service")) {
            app.kill();
            app.start();
        } else {
            app.killDatabase();
        }
    }

    private boolean settled(int round) throws IOException, SQLException {
        var wanted = isFall(round) ? "firing" : "resolved";
        try (var sql = app.sql();
                var query = sql.prepareStatement("select count(*) from alert where episode = ? and state = ?")) {
            query.setInt(1, (round + 1) / 2);
            query.setString(2, wanted);
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getInt(1) == LOANS;
            }
        }
    }

    private Reckoning reckon() throws IOException, SQLException {
        await("all deliveries done, see " + app.log())
                .ignoreExceptions()
                .pollInterval(Duration.ofMillis(500))
                .atMost(PATIENCE)
                .until(this::nothingPending);
        try (var sql = app.sql()) {
            return Reckoning.of(sql, receiver.accepted(), kills);
        }
    }

    private boolean nothingPending() throws IOException, SQLException {
        try (var sql = app.sql()) {
            return pending(sql) == 0;
        }
    }

    private static int pending(Connection sql) throws SQLException {
        try (var statement = sql.createStatement();
                var rows = statement.executeQuery("select count(*) from delivery where state = 'pending'")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private Map<String, String> settings() {
        var settings = new HashMap<>(Map.of(
                "plimsoll.pipeline.every", "1s",
                "plimsoll.pipeline.lease-ttl", "3s",
                "plimsoll.delivery.timeout", "2s",
                "plimsoll.delivery.lease", "5s",
                "plimsoll.delivery.allow-private", "127.0.0.0/8",
                "plimsoll.delivery.allow-http", "true",
                "plimsoll.delivery.ports", Integer.toString(receiver.port()),
                "plimsoll.oracle.sources.binance.enabled", "false",
                "plimsoll.oracle.sources.coingecko.enabled", "false"));
        PriceServer.VENUES.forEach(venue -> {
            settings.put("plimsoll.oracle.sources." + venue + ".url", prices.url(venue));
            settings.put("plimsoll.oracle.sources." + venue + ".pace", "PT0S");
        });
        return settings;
    }
}
