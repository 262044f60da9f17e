package dev.plimsoll.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.account.KeySecret;
import dev.plimsoll.telegram.TelegramServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** One packaged service with a secret in every place where a secret goes, and others that repeat what they were told. */
final class CanaryRun implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern MASTER_KEY = Pattern.compile("\"value\"\\s*:\\s*\"([^\"]+)\"");

    private final Canaries secrets = new Canaries();
    private final Canaries names = new Canaries();
    private final CanaryTalk talk;
    private final List<String> answers = new ArrayList<>();
    private final PriceServer prices = new PriceServer();
    private final EchoServer echo = new EchoServer();
    private final TraceSink traces = new TraceSink();
    private final TelegramServer telegram = TelegramServer.withoutLimits();
    private final CanaryMail mail;
    private final Path folder;
    private final Path data;
    private final App app;

    CanaryRun(Path folder) throws IOException {
        this.folder = folder;
        mail = new CanaryMail(secrets, folder);
        prices.set("USDC", "1");
        prices.set("ETH", "3000");
        data = folder.resolve("data");
        app = new App(data, settings());
        talk = new CanaryTalk(app, answers);
    }

    private Map<String, String> settings() throws IOException {
        var settings = new HashMap<>(prices.settings());
        settings.put("plimsoll.oracle.only", settings.get("plimsoll.oracle.only") + ",coingecko");
        settings.put("plimsoll.oracle.sources.coingecko.url", echo.url("/coingecko"));
        settings.put("plimsoll.oracle.sources.coingecko.pace", "PT0S");
        settings.put("plimsoll.oracle.sources.coingecko.key", secrets.plant("price API key", "CG-canary-5hT9xLm3"));
        settings.put("plimsoll.pipeline.every", "1s");
        settings.put(
                "plimsoll.pipeline.dead-man-url",
                echo.url("/ping/" + secrets.plant("dead-man token", "deadman-canary-8d1e-4b7f")));
        settings.put("plimsoll.delivery.allow-private", "127.0.0.0/8");
        settings.put("plimsoll.delivery.allow-http", "true");
        settings.put("plimsoll.delivery.ports", "1-65535");
        settings.put("plimsoll.delivery.verify-webhooks", "false");
        settings.put("plimsoll.delivery.pagerduty.url", echo.url("/pagerduty"));
        settings.put("plimsoll.delivery.pushover.url", echo.url("/pushover"));
        settings.put(
                "plimsoll.delivery.pushover.token",
                secrets.plant("Pushover application token", "aCanaryApp0PushoverToken123456"));
        settings.put("plimsoll.delivery.telegram.token", secrets.plant("bot token", TelegramServer.TOKEN));
        settings.put("plimsoll.delivery.telegram.url", telegram.url());
        settings.put("plimsoll.wire.traces.url", traces.url());
        settings.putAll(mail.settings());
        settings.put("plimsoll.account.admin-key", secrets.plant("admin key", "admin-canary-key-2Wf7Qx9Z"));
        settings.put("plimsoll.api.public-url", "https://plimsoll.example");
        settings.put("plimsoll.provisioning.path", provisioned().toString());
        settings.put("quarkus.log.category.\"dev.plimsoll\".level", "DEBUG");
        return settings;
    }

    /** An account from a file, with what is secret of it in others beside. */
    private Path provisioned() throws IOException {
        var bundles = Files.createDirectories(folder.resolve("accounts"));
        Files.writeString(
                bundles.resolve("key"),
                secrets.plant("API key in a file", KeySecret.random().reveal()));
        Files.writeString(
                bundles.resolve("secret"),
                secrets.plant("webhook secret in a file", "whsec_" + "CanaryFromAFile0".repeat(2)));
        return Files.writeString(bundles.resolve("accounts.yaml"), """
                accounts:
                  - key: canary
                    name: %s
                    keys: [{name: deploy, scope: full, secret: {fromFile: key}}]
                    channels: [{name: desk, kind: webhook, url: "%s", secret: {fromFile: secret}}]
                    positions:
                      - {name: loan, kind: declared, collateral: [{asset: ETH, amount: 10, liquidationThreshold: 0.8}],
                         debt: [{asset: USDC, amount: 12000}]}
                """.formatted(
                        names.plant("account name in a file", "Canary Desk 12"), echo.url("/provisioned")));
    }

    Canaries secrets() {
        return secrets;
    }

    Canaries names() {
        return names;
    }

    CanaryTalk talk() {
        return talk;
    }

    CanaryMail mail() {
        return mail;
    }

    EchoServer echo() {
        return echo;
    }

    TelegramServer telegram() {
        return telegram;
    }

    void begin() throws IOException {
        app.start();
        for (var login : List.of("postgres", "owner", "api", "engine", "redis")) {
            secrets.plant("password of " + login, app.password(login));
        }
        var masterKey = MASTER_KEY.matcher(Files.readString(data.resolve("master-key.json")));
        assertThat(masterKey.find()).isTrue();
        secrets.plant("master key", masterKey.group(1));
    }

    void pricesFall() {
        prices.set("ETH", "1400");
    }

    /** Until somebody was called at each of these places, and what came of it is written down, also after the database was killed. */
    void everythingFails() throws IOException {
        app.killDatabase();
        for (var path :
                List.of("/hook/", "/slack/", "/provisioned", "/v2/enqueue", "/1/messages", "/ping/", "/coingecko")) {
            await(path).atMost(PATIENCE).until(() -> echo.wasCalled(path));
        }
        await("attempts on every kind of channel")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> talk.status("/q/health/ready") == 200
                        && number("select count(distinct c.kind) from attempt a join delivery d on d.id = a.delivery_id"
                                        + " join channel c on c.id = d.channel_id")
                                == 6);
        await("spans of attempts")
                .atMost(PATIENCE)
                .until(() ->
                        traces.spans().stream().anyMatch(span -> span.name().equals("attempt")));
    }

    /** In what the service says of itself and keeps in its database. */
    List<String> found() throws IOException, InterruptedException, SQLException {
        var found = new ArrayList<>(foundInLog());
        var metrics = talk.page("/q/metrics") + talk.page("/q/health");
        found.addAll(secrets.in("metrics", metrics));
        found.addAll(names.in("metrics", metrics));
        found.addAll(secrets.in("traces", traces.text()));
        found.addAll(names.in("traces", traces.text()));
        answers.forEach(answer -> found.addAll(
                secrets.in("the answer " + answer.lines().findFirst().orElse(""), answer)));
        try (var sql = app.sql()) {
            for (var table : Dump.tables(sql)) {
                found.addAll(secrets.in("table " + table, Dump.of(sql, table)));
            }
        }
        return found;
    }

    /** Told to stop; what it says then is looked at, too. Its servers have ended as well, and write into no file any more. */
    void end() throws InterruptedException {
        assertThat(app.stop(Duration.ofSeconds(60))).isTrue();
        app.close();
    }

    /** In files below the data folder and in the whole log; each secret has the file it is meant to be in. */
    List<String> foundInFiles() throws IOException {
        var found = new ArrayList<>(foundInLog());
        try (var files = Files.walk(data)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (!List.of("passwords", "master-key.json", "redis.conf")
                        .contains(file.getFileName().toString())) {
                    found.addAll(secrets.in(data.relativize(file).toString(), Files.readAllBytes(file)));
                }
            }
        }
        return found;
    }

    private List<String> foundInLog() throws IOException {
        var log = Files.readString(app.log());
        assertThat(log).contains("mail server refuses us", "embedded server ended", "delivery postponed");
        var found = new ArrayList<>(secrets.in("the log", log));
        found.addAll(names.in("the log", log));
        return found;
    }

    void sql(String statement) throws IOException, SQLException {
        try (var sql = app.sql();
                var changed = sql.createStatement()) {
            changed.execute(statement);
        }
    }

    private int number(String query) throws IOException, SQLException {
        try (var sql = app.sql();
                var statement = sql.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getInt(1);
        }
    }

    @Override
    public void close() throws InterruptedException {
        app.close();
        mail.close();
        telegram.close();
        echo.close();
        prices.close();
        traces.close();
    }
}
