package dev.plimsoll.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.delivery.mail.Pem;
import dev.plimsoll.delivery.mail.SmtpServer;
import dev.plimsoll.delivery.mail.SmtpServer.Step;
import dev.plimsoll.telegram.Shown;
import dev.plimsoll.telegram.TelegramServer;
import dev.plimsoll.telegram.TelegramUser;
import dev.plimsoll.wire.Certificates;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/** One packaged service with a secret in every place where a secret goes, and others that repeat what they were told. */
final class CanaryRun implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String SMTP_PASSWORD = "smtp-canary-Zq8wK2";
    private static final String MAIL = "canary.mailbox.7f3a@example.org";
    private static final String SEED =
            "zebra wagon canary thunder velvet orbit lunar puzzle ginger harbor meadow anchor";
    private static final Pattern MASTER_KEY = Pattern.compile("\"value\"\\s*:\\s*\"([^\"]+)\"");

    private final Canaries secrets = new Canaries();
    private final Canaries names = new Canaries();
    private final CanaryTalk talk;
    private final List<String> answers = new ArrayList<>();
    private final PriceServer prices = new PriceServer();
    private final EchoServer echo = new EchoServer();
    private final TelegramServer telegram = TelegramServer.withoutLimits();
    private final AtomicBoolean angry = new AtomicBoolean();
    private final SmtpServer mail;
    private final Path data;
    private final App app;
    private String key;

    CanaryRun(Path folder) throws IOException {
        var certificate = Certificates.selfSigned("localhost");
        mail = new SmtpServer(
                Optional.of(certificate), Optional.of("us " + secrets.plant("SMTP password", SMTP_PASSWORD)));
        mail.answers(Step.AUTH, "535 5.7.8 this is no password: " + SMTP_PASSWORD);
        mail.moody(step ->
                angry.get() && step == Step.RCPT ? Optional.of("550 5.1.1 no such user " + MAIL) : Optional.empty());
        prices.set("USDC", "1");
        prices.set("ETH", "3000");
        data = folder.resolve("data");
        app = new App(data, settings(Pem.of(certificate, folder)));
        talk = new CanaryTalk(app, answers);
    }

    private Map<String, String> settings(Path trust) {
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
        settings.put("plimsoll.delivery.email.host", "localhost");
        settings.put("plimsoll.delivery.email.port", Integer.toString(mail.port()));
        settings.put("plimsoll.delivery.email.trust", trust.toString());
        settings.put("plimsoll.delivery.email.username", "us");
        settings.put("plimsoll.delivery.email.password", SMTP_PASSWORD);
        settings.put("plimsoll.delivery.email.from", "alerts@plimsoll.example");
        settings.put("plimsoll.account.admin-key", secrets.plant("admin key", "admin-canary-key-2Wf7Qx9Z"));
        settings.put("plimsoll.api.public-url", "https://plimsoll.example");
        settings.put("quarkus.log.category.\"dev.plimsoll\".level", "DEBUG");
        return settings;
    }

    Canaries secrets() {
        return secrets;
    }

    void begin() throws IOException, InterruptedException {
        app.start();
        for (var login : List.of("postgres", "owner", "api", "engine", "redis")) {
            secrets.plant("password of " + login, app.password(login));
        }
        var masterKey = MASTER_KEY.matcher(Files.readString(data.resolve("master-key.json")));
        assertThat(masterKey.find()).isTrue();
        secrets.plant("master key", masterKey.group(1));
        var account = talk.post(
                "",
                "/accounts",
                new JsonObject()
                        .put("name", names.plant("account name", "Canary Treasury 91"))
                        .put("email", secrets.plant("mail address of the account", "canary.owner.2b8c@example.org")));
        key = secrets.plant("API key", account.getString("apiKey"));
        secrets.plant(
                "second API key",
                talk.post(
                                key,
                                "/account/keys",
                                new JsonObject().put("name", "other").put("scope", "read"))
                        .getString("apiKey"));
        loan(names.plant("position name", "Canary whale loan 17"));
        loan(names.plant("wallet as a name", "0xCa9a7e52908400098527886E0F7030069857D2E4"));
    }

    private void loan(String name) throws IOException, InterruptedException {
        talk.post(
                key,
                "/positions",
                new JsonObject()
                        .put("kind", "declared")
                        .put("name", name)
                        .put(
                                "collateral",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("asset", "ETH")
                                                .put("amount", "10")
                                                .put("liquidationThreshold", "0.8")))
                        .put(
                                "debt",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("asset", "USDC")
                                                .put("amount", "12000"))));
    }

    void ownerUsesEveryChannel() throws Exception {
        var hook = secrets.plant("token in the path of a webhook", "hookpath-canary-T0B0x9");
        secrets.plant(
                "webhook secret",
                channel("webhook", "url", echo.url("/hook/" + hook)).getString("secret"));
        channel(
                "webhook",
                "format",
                "slack",
                "url",
                echo.url("/slack/" + secrets.plant("slack token", "slack-canary-Xk29")));
        secrets.plant(
                "callback URL",
                channel(
                                "pagerduty",
                                "routingKey",
                                secrets.plant("routing key", "R0CANARY0123456789abcdefghijklmn"),
                                "signingSecret",
                                secrets.plant("PagerDuty signing secret", "pd-signing-canary-77Hq"))
                        .getString("callbackUrl")
                        .replaceFirst(".*/", ""));
        channel("pushover", "userKey", secrets.plant("Pushover user key", "uCanaryUserKey0Pushover1234567"));
        channel(
                "ntfy",
                "url",
                echo.url("/"),
                "topic",
                secrets.plant("ntfy topic", "ntfy-canary-topic-55x"),
                "token",
                secrets.plant("ntfy token", "tk_canaryNtfyAccessToken123"));
        var mailbox = channel("email", "address", secrets.plant("mail address of a channel", MAIL))
                .getString("id");
        talk.call(key, "POST", "/channels/" + mailbox + "/verification", "");
        await().atMost(PATIENCE).until(() -> mail.mails().size() == 1);
        secrets.plant("proof code", inMail("The code is ([^ .]+)\\."));
        secrets.plant("token of a confirming link", inMail("/api/v1/l/([A-Za-z0-9_-]+)"));
        sql("update channel set state = 'active', disabled_reason = null, proof_hash = null");
        talk.call("", "POST", "/recovery", new JsonObject().put("email", MAIL).encode());
        await().atMost(PATIENCE).until(() -> mail.mails().size() == 2);
        secrets.plant("recovery code", inMail("/recover/([A-Za-z0-9_-]+)"));
    }

    private JsonObject channel(String kind, String... fields) throws IOException, InterruptedException {
        var wish = new JsonObject().put("kind", kind).put("name", kind);
        for (var i = 0; i < fields.length; i += 2) {
            wish.put(fields[i], fields[i + 1]);
        }
        return talk.post(key, "/channels", wish);
    }

    private String inMail(String pattern) {
        var text = mail.mails().getLast().raw().replace("=\n", "").replace("=3D", "=");
        var found = Pattern.compile(pattern).matcher(text);
        if (!found.find()) {
            throw new AssertionError("no " + pattern + " in " + text);
        }
        return found.group(1);
    }

    void ownerWritesInTelegram() {
        var ada = telegram.person(names.plant("Telegram name", "Canaryna Birdwatch"));
        secrets.plant("chat id", Long.toString(ada.id()));
        var offer = says(ada, "/start");
        ada.presses(offer, "Create my account");
        await().atMost(PATIENCE).until(() -> ada.sees().stream().anyMatch(CanaryRun::isWelcome));
        secrets.plant("API key made in Telegram", said(says(ada, "/key").text(), "(plm_[0-9A-Za-z]+)"));
        secrets.plant("login token", said(says(ada, "/login").buttons().encode(), "/login/([A-Za-z0-9_-]+)"));
        says(ada, secrets.plant("seed phrase", SEED));
        says(ada, names.plant("wallet in a chat", "0xCa9a7e00112233445566778899aabbccddeeff00"));
        says(ada, "/watch 10 eth");
        says(ada, "80%");
        var summary = says(ada, "12k usdc");
        ada.presses(summary, "Watch it");
    }

    private static boolean isWelcome(Shown shown) {
        return shown.byBot() && shown.text().startsWith("Your account is ready.");
    }

    /** The bot's answer, which is the first new one. */
    private static Shown says(TelegramUser who, String text) {
        var before = who.heard().size();
        who.writes(text);
        await(text).atMost(PATIENCE).until(() -> who.heard().size() > before);
        return who.heard().getLast();
    }

    private static String said(String text, String pattern) {
        var found = Pattern.compile(pattern).matcher(text);
        if (!found.find()) {
            throw new AssertionError("no " + pattern + " in what was said");
        }
        return found.group(1);
    }

    void everythingFailsAndIsRepeated() throws Exception {
        var before = mail.mails().size();
        prices.set("ETH", "1400");
        await().atMost(PATIENCE).until(() -> mail.mails().size() > before);
        secrets.plant("token of a one-click link", inMail("/api/v1/l/([A-Za-z0-9_-]+)"));
        angry.set(true);
        telegram.fails("sendMessage", 400, "Bad Request: chat not found, token " + TelegramServer.TOKEN);
        app.killDatabase();
        for (var path : List.of("/hook/", "/slack/", "/pagerduty", "/pushover", "/ping/", "/coingecko")) {
            await(path)
                    .atMost(PATIENCE)
                    .until(() -> echo.wasCalled(
                            path.equals("/pagerduty")
                                    ? "/v2/enqueue"
                                    : path.equals("/pushover") ? "/1/messages" : path));
        }
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> talk.status("/q/health/ready") == 200
                        && number("select count(distinct c.kind) from attempt a join delivery d on d.id = a.delivery_id"
                                        + " join channel c on c.id = d.channel_id")
                                >= 5);
    }

    void strangersSendWhatIsWrong() throws IOException, InterruptedException {
        talk.call(key + "x", "GET", "/account", "");
        talk.call("", "GET", "/account?apiKey=" + key, "");
        talk.call(key, "POST", "/positions", "{\"name\":\"" + key + "\"");
        talk.call(
                key,
                "POST",
                "/positions",
                new JsonObject().put("kind", "declared").put("name", SEED).encode());
        talk.call(
                key,
                "POST",
                "/channels",
                new JsonObject()
                        .put("kind", "webhook")
                        .put("name", "x")
                        .put(
                                "url",
                                "ftp://user:" + secrets.plant("password in a URL", "urlpass-canary-3f")
                                        + "@example.org")
                        .encode());
        talk.call(
                key,
                "POST",
                "/discover",
                new JsonObject()
                        .put(
                                "address",
                                names.plant("wallet in a request", "0xCa9a7e99887766554433221100ffeeddccbbaa99"))
                        .encode());
        talk.call(
                "",
                "POST",
                "/recovery/keys",
                new JsonObject().put("code", "wrong-canary").encode());
        talk.call("", "POST", "/accounts", new JsonObject().put("name", key).encode());
        talk.call("", "GET", "/l/" + secrets.plant("a token that is none", "notoken-canary-6Gh2"), "");
        talk.call("", "POST", "/callbacks/notoken-canary-6Gh2", "{}");
        for (var path : List.of("/channels", "/account/keys", "/deliveries", "/alerts", "/rules")) {
            talk.keep(key, path);
        }
    }

    /** In what the service says of itself and keeps in its database. */
    List<String> found() throws Exception {
        var found = new ArrayList<String>();
        var log = Files.readString(app.log());
        found.addAll(secrets.in("the log", log));
        found.addAll(names.in("the log", log));
        var metrics = talk.page("/q/metrics") + talk.page("/q/health");
        found.addAll(secrets.in("metrics", metrics));
        found.addAll(names.in("metrics", metrics));
        answers.forEach(answer -> found.addAll(
                secrets.in("the answer " + answer.lines().findFirst().orElse(""), answer)));
        try (var sql = app.sql()) {
            for (var table : Dump.tables(sql)) {
                found.addAll(secrets.in("table " + table, Dump.of(sql, table)));
            }
        }
        return found;
    }

    void end() throws InterruptedException {
        assertThat(app.stop(Duration.ofSeconds(60))).isTrue();
    }

    /** In files below the data folder and in the whole log; each secret has the file it is meant to be in. */
    List<String> foundInFiles() throws IOException {
        var found = new ArrayList<>(secrets.in("the log", Files.readString(app.log())));
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

    private void sql(String statement) throws IOException, SQLException {
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
    }
}
