package dev.plimsoll.crash;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Twenty loans of one account, watched by the packaged service on prices from here, and a receiver of its webhooks. */
final class Scene implements AutoCloseable {
    static final int LOANS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final PriceServer prices = new PriceServer();
    private final FlakyReceiver receiver;
    private final App app;

    /** @param folder where the service keeps its data; made new */
    Scene(Path folder, long seed) throws IOException {
        this(folder, seed, Map.of());
    }

    /** @param more settings of the service */
    Scene(Path folder, long seed, Map<String, String> more) throws IOException {
        this.receiver = new FlakyReceiver(seed);
        Files.createDirectories(folder);
        var settings = new HashMap<>(settings(prices, receiver));
        settings.putAll(more);
        this.app = new App(folder.resolve("data"), settings, App.BRIEF);
        prices.set("USDC", "1");
        rise();
    }

    /** How a user makes a channel. */
    interface Linking {
        void link(Api api) throws IOException, InterruptedException;
    }

    App app() {
        return app;
    }

    FlakyReceiver receiver() {
        return receiver;
    }

    PriceServer prices() {
        return prices;
    }

    /** Starts the service with healthy loans. */
    void begin() throws IOException, InterruptedException {
        begin(api -> api.channel(receiver.url()));
    }

    /** The same with another channel. */
    void begin(Linking linking) throws IOException, InterruptedException {
        app.start();
        var api = Api.signUp(app);
        api.dropDefaultRules();
        linking.link(api);
        for (var loan = 0; loan < LOANS; loan++) {
            api.loan("loan " + loan, "1", Integer.toString(1_200 + 40 * loan));
        }
        api.rule();
    }

    /** Every loan is far above its limit. */
    void rise() {
        prices.set("ETH", "3000");
    }

    /** Every loan is below its limit. */
    void fall() {
        prices.set("ETH", "1500");
    }

    /** Until the alert of every loan is in this state in its so many-th episode. */
    void awaitAll(String state, int episode) {
        awaitCount(LOANS, "select count(*) from alert where state = '%s' and episode = %d".formatted(state, episode));
    }

    /** How many alerts are in this state. */
    int count(String state) throws IOException, SQLException {
        return number("select count(*) from alert where state = '%s'".formatted(state));
    }

    /** Until every delivery has been made or given up; then what was due is held against what arrived. */
    Reckoning reckon(List<Strike> strikes) throws IOException, SQLException {
        return reckon(strikes, receiver::accepted);
    }

    /** @param accepted what arrived in the end */
    Reckoning reckon(List<Strike> strikes, Supplier<List<FlakyReceiver.Message>> accepted)
            throws IOException, SQLException {
        awaitCount(0, "select count(*) from delivery where state = 'pending'");
        try (var sql = app.sql()) {
            return Reckoning.of(sql, accepted.get(), strikes);
        }
    }

    @Override
    public void close() throws InterruptedException {
        app.close();
        receiver.close();
        prices.close();
    }

    private void awaitCount(int wanted, String query) {
        await(query + ", see " + app.log())
                .ignoreExceptions()
                .pollInterval(Duration.ofMillis(200))
                .atMost(PATIENCE)
                .until(() -> number(query) == wanted);
    }

    private int number(String query) throws IOException, SQLException {
        try (var sql = app.sql();
                var statement = sql.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** A watch that is quick, and deliveries that may go to the receiver. */
    static Map<String, String> settings(PriceServer prices, FlakyReceiver receiver) {
        var settings = new HashMap<>(Map.of(
                "plimsoll.pipeline.every", "1s",
                "plimsoll.pipeline.lease-ttl", "3s",
                "plimsoll.delivery.timeout", "2s",
                "plimsoll.delivery.lease", "5s",
                "plimsoll.delivery.allow-private", "127.0.0.0/8",
                "plimsoll.delivery.allow-http", "true",
                "plimsoll.delivery.ports", Integer.toString(receiver.port())));
        settings.putAll(prices.settings());
        return settings;
    }
}
