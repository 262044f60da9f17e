package dev.plimsoll.crash;

import static dev.plimsoll.crash.Network.Way.DATABASE;
import static dev.plimsoll.crash.Network.Way.REDIS;
import static dev.plimsoll.crash.Network.Way.WORLD;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.ops.embedded.Foreign;
import dev.plimsoll.ops.embedded.ForeignRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Three packaged replicas on one PostgreSQL and one Redis, all durable, watching loans at prices from here. */
final class Fleet implements AutoCloseable {
    static final int REPLICAS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final PriceServer prices = new PriceServer();
    private final Network network;
    private final Optional<Path> previous;
    private final FlakyReceiver receiver;
    private final FlakyMailbox mailbox;
    private final Optional<SmallDisk> disk;
    private final Foreign postgres;
    private final ForeignRedis redis;
    private final MovedClock clock;
    private final NextSchema schema;
    private final Phones phones;
    private final List<App> apps = new ArrayList<>();
    private boolean isOfBefore;

    /** @param folder where everything is kept; made new */
    Fleet(Path folder, long seed) throws IOException, GeneralSecurityException {
        this(folder, seed, Network.loopback(), Optional.empty());
    }

    Fleet(Path folder, long seed, Network network, Optional<Path> previous)
            throws IOException, GeneralSecurityException {
        this(folder, seed, network, previous, Phones.withoutLimits(Files.createDirectories(folder)));
    }

    /**
     * @param network  where they run
     * @param previous the jar of an earlier build, which they begin as
     * @param phones   by the master key in the folder
     */
    Fleet(Path folder, long seed, Network network, Optional<Path> previous, Phones phones) throws IOException {
        this.network = network;
        this.previous = previous;
        this.phones = phones;
        receiver = new FlakyReceiver(seed);
        mailbox = new FlakyMailbox(seed);
        disk = SmallDisk.mounted(folder.resolve("database"));
        postgres = Foreign.at(
                network.addresses(DATABASE),
                folder.resolve("database"),
                "fsync = on",
                "synchronous_commit = on",
                "max_wal_size = 64MB");
        redis = ForeignRedis.at(network.addresses(REDIS), folder.resolve("redis"));
        clock = new MovedClock(folder.resolve("clock"));
        schema = new NextSchema(Files.createDirectories(folder.resolve("migrations")), postgres.database());
        var settings = settings(folder);
        settings.putAll(phones.settings());
        settings.putAll(FlakyMailbox.settings(network.seen(WORLD, mailbox.place())));
        settings.replaceAll((name, value) -> network.seen(way(name), value));
        for (var replica = 1; replica <= REPLICAS; replica++) {
            var place = new App.Place(network.within(replica - 1), network.host(replica - 1));
            var environment = replica == REPLICAS ? clock.environment() : Map.<String, String>of();
            apps.add(new App(folder.resolve("replica-" + replica), place, settings, environment, App.BRIEF));
        }
        previous.ifPresent(jar -> isOfBefore = true);
        apps.forEach(app -> previous.ifPresent(app::becomes));
        prices.set("USDC", "1");
        rise();
    }

    private static Network.Way way(String setting) {
        return switch (setting) {
            case "plimsoll.ops.database-url" -> DATABASE;
            case "plimsoll.ops.redis-url" -> REDIS;
            default -> WORLD;
        };
    }

    private Map<String, String> settings(Path folder) {
        var settings = new HashMap<>(Scene.settings(prices, receiver));
        settings.putAll(postgres.settings());
        settings.put("plimsoll.ops.redis-url", redis.url());
        settings.put(
                "plimsoll.delivery.master-key-file",
                folder.resolve("master-key.json").toString());
        settings.put("plimsoll.delivery.allow-private", "127.0.0.0/8,198.18.0.0/15");
        settings.put("plimsoll.account.sign-up", "open");
        settings.put("plimsoll.account.sign-ups-per-hour", "100000");
        settings.put("plimsoll.api.limits.per-key", "100000");
        settings.put("plimsoll.api.limits.per-address", "100000");
        return settings;
    }

    /** All replicas at once, and as many healthy loans for each of these accounts. */
    void begin(int accounts, int loans) throws IOException, InterruptedException, SQLException {
        for (var app : apps) {
            app.launch();
        }
        apps.forEach(App::awaitReady);
        for (var account = 0; account < accounts; account++) {
            var api = Api.signUp(apps.get(account % REPLICAS));
            api.dropDefaultRules();
            api.channel(network.seen(WORLD, receiver.url()));
            api.mailbox(mailbox);
            try (var sql = postgres.superuser()) {
                phones.link(sql, UUID.fromString(api.get("/account").getString("id")));
            }
            for (var loan = 0; loan < loans; loan++) {
                api.loan("loan " + loan, "1", Integer.toString(1_200 + 800 * loan / loans));
            }
            api.rule();
        }
    }

    List<App> apps() {
        return List.copyOf(apps);
    }

    Network network() {
        return network;
    }

    /** Whether there is an earlier build to roll from. */
    boolean canRoll() {
        return previous.isPresent();
    }

    /** The build that is not running: of now, if that of before is, and the other way round. */
    Path otherBuild() {
        isOfBefore = !isOfBefore;
        return isOfBefore ? previous.orElseThrow() : App.JAR;
    }

    Foreign postgres() {
        return postgres;
    }

    ForeignRedis redis() {
        return redis;
    }

    Optional<SmallDisk> disk() {
        return disk;
    }

    MovedClock clock() {
        return clock;
    }

    NextSchema schema() {
        return schema;
    }

    FlakyReceiver receiver() {
        return receiver;
    }

    FlakyMailbox mailbox() {
        return mailbox;
    }

    /** Whether webhooks and mails are refused now and then. */
    void flaky(boolean flaky) {
        receiver.flaky(flaky);
        mailbox.flaky(flaky);
    }

    Phones phones() {
        return phones;
    }

    PriceServer prices() {
        return prices;
    }

    /** Every loan is far above its limit. */
    void rise() {
        prices.set("ETH", "3000");
    }

    /** Every loan is below its limit. */
    void fall() {
        prices.set("ETH", "1500");
    }

    /** The replica that holds the watch, once one does. */
    App holder() {
        var holder = new ArrayList<App>();
        await("a replica to hold the watch").atMost(PATIENCE).ignoreExceptions().until(() -> {
            var pid = postgres.number("""
                    select coalesce((select split_part(holder, '-', 1)::int from lease where until > now()), 0)""");
            apps.stream().filter(app -> app.process().pid() == pid).forEach(holder::add);
            return !holder.isEmpty();
        });
        return holder.getFirst();
    }

    /** Until the alert of every loan is in this state in its so many-th episode. */
    void awaitAll(String state, int episode, int loans) {
        awaitNumber(loans, "select count(*) from alert where state = '%s' and episode = %d".formatted(state, episode));
    }

    void awaitNumber(int wanted, String query) {
        await(query)
                .ignoreExceptions()
                .pollInterval(Duration.ofMillis(100))
                .atMost(PATIENCE)
                .until(() -> postgres.number(query) == wanted);
    }

    /** Until every delivery has been made or given up; then what was due is held against what arrived. */
    Reckoning reckon(List<Strike> strikes) throws SQLException {
        await("every delivery to end")
                .ignoreExceptions()
                .atMost(PATIENCE.multipliedBy(3))
                .until(() -> postgres.number("select count(*) from delivery where state = 'pending'") == 0);
        try (var sql = postgres.superuser()) {
            var accepted = new ArrayList<>(receiver.accepted());
            accepted.addAll(phones.accepted(sql));
            accepted.addAll(mailbox.accepted());
            return Reckoning.of(sql, accepted, strikes);
        }
    }

    @Override
    public void close() throws InterruptedException {
        for (var app : apps) {
            app.close();
        }
        redis.close();
        postgres.close();
        disk.ifPresent(SmallDisk::close);
        receiver.close();
        mailbox.close();
        phones.close();
        prices.close();
        network.close();
    }
}
