package dev.plimsoll.crash;

import dev.plimsoll.delivery.mail.SmtpServer.Step;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Whose account it is, at work over HTTP: with two keys, two loans and a channel of every kind. */
final class CanaryOwner {
    private final CanaryRun run;
    private final CanaryTalk talk;
    private final Canaries secrets;
    private final String key;

    CanaryOwner(CanaryRun run) throws IOException, InterruptedException {
        this.run = run;
        this.talk = run.talk();
        this.secrets = run.secrets();
        run.mail().refusesAt(Step.AUTH);
        this.key = secrets.plant("API key", signUp());
        run.mail().takes();
        var other = new JsonObject().put("name", "other").put("scope", "read");
        secrets.plant("second API key", talk.post(key, "/account/keys", other).getString("apiKey"));
        loan(run.names().plant("position name", "Canary whale loan 17"));
        loan(run.names().plant("wallet as a name", "0xCa9a7e52908400098527886E0F7030069857D2E4"));
    }

    private String signUp() throws IOException, InterruptedException {
        var wish = new JsonObject()
                .put("name", run.names().plant("account name", "Canary Treasury 91"))
                .put("email", secrets.plant("mail address of the account", "canary.owner.2b8c@example.org"));
        return talk.post("", "/accounts", wish).getString("apiKey");
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

    void usesEveryChannel() throws IOException, InterruptedException, SQLException {
        var hook = secrets.plant("token in the path of a webhook", "hookpath-canary-T0B0x9");
        secrets.plant(
                "webhook secret",
                channel("webhook", "url", run.echo().url("/hook/" + hook)).getString("secret"));
        channel(
                "webhook",
                "format",
                "slack",
                "url",
                run.echo().url("/slack/" + secrets.plant("slack token", "slack-canary-Xk29")));
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
                run.echo().url("/"),
                "topic",
                secrets.plant("ntfy topic", "ntfy-canary-topic-55x"),
                "token",
                secrets.plant("ntfy token", "tk_canaryNtfyAccessToken123"));
        mailbox(secrets.plant("mail address of a channel", CanaryMail.ADDRESS));
    }

    /** A proof that arrives, then a way back. */
    private void mailbox(String address) throws IOException, InterruptedException, SQLException {
        channel("email", "address", address);
        secrets.plant("proof code", run.mail().says(0, "The code is ([^ .]+)\\."));
        secrets.plant("token of a confirming link", run.mail().says(0, "/api/v1/l/([A-Za-z0-9_-]+)"));
        run.sql("update channel set state = 'active', disabled_reason = null, proof_hash = null");
        talk.call(
                "", "POST", "/recovery", new JsonObject().put("email", address).encode());
        secrets.plant("recovery code", run.mail().says(0, "/recover/([A-Za-z0-9_-]+)"));
    }

    private JsonObject channel(String kind, String... fields) throws IOException, InterruptedException {
        var wish = new JsonObject().put("kind", kind).put("name", kind);
        for (var i = 0; i < fields.length; i += 2) {
            wish.put(fields[i], fields[i + 1]);
        }
        return talk.post(key, "/channels", wish);
    }

    /** Each is tried, and says in its answer what came of it. */
    void triesEveryChannel() throws IOException, InterruptedException {
        run.mail().refusesAt(Step.RCPT);
        for (var channel : talk.list(key, "/channels")) {
            talk.call(key, "POST", "/channels/" + channel + "/test", "");
        }
    }

    /** What is wrong, and what only strangers would send. */
    void strangersSendWhatIsWrong() throws IOException, InterruptedException {
        talk.call(key + "x", "GET", "/account", "");
        talk.call("", "GET", "/account?apiKey=" + key, "");
        talk.call(key, "POST", "/positions", "{\"name\":\"" + key + "\"");
        talk.call(
                key,
                "POST",
                "/positions",
                new JsonObject()
                        .put("kind", "declared")
                        .put("name", CanaryChat.SEED)
                        .encode());
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
                                run.names().plant("wallet in a request", "0xCa9a7e99887766554433221100ffeeddccbbaa99"))
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
}
