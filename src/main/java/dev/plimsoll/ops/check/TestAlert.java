package dev.plimsoll.ops.check;

import dev.plimsoll.ops.demo.Receiver;
import dev.plimsoll.wire.Limits;
import dev.plimsoll.wire.OperatorHttp;
import dev.plimsoll.wire.Reply;
import dev.plimsoll.wire.WireConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * {@code plimsoll test-alert --at=<Plimsoll> --sink=<URL>}: makes an account with the administrator's key, has a test alert sent
 * to a sink that listens here, checks that it arrived with a good signature, and erases the account.
 *
 * <p>Plimsoll must be told to trust the sink's URL, with {@code plimsoll.delivery.trusted-urls}.
 */
public final class TestAlert {
    private static final String USAGE =
            "Say plimsoll test-alert --at=http://<Plimsoll> --sink=http://<this machine>:<port>/hook, with the administrator's key"
                    + " in plimsoll.account.admin-key.";
    private static final Limits LIMITS = Limits.within(Duration.ofSeconds(20));
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int TRIES = 20;

    private final OperatorHttp http;
    private final Receiver receiver;
    private final String api;
    private final URI sink;

    private TestAlert(Vertx vertx, WireConfig wire, URI at, URI sink) {
        this.http = new OperatorHttp(vertx, wire);
        this.receiver = new Receiver(vertx);
        this.api = at.toString().replaceFirst("/$", "") + "/api/v1";
        this.sink = sink;
    }

    /** Why it did not arrive, in a sentence. */
    private static final class Missed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Missed(String why) {
            super(why);
        }
    }

    /** Says how it went. Returns the exit code: 0 where the alert arrived. */
    public static int run(Config config, WireConfig wire, List<String> words) {
        var at = word(words, "at");
        var sink = word(words, "sink");
        var key = config.getOptionalValue("plimsoll.account.admin-key", String.class);
        if (words.size() != 2 || at.isEmpty() || sink.isEmpty() || key.isEmpty()) {
            System.err.println(USAGE);
            return 2;
        }
        var said = Asking.now(
                vertx -> new TestAlert(vertx, wire, at.get(), sink.get()).arrives(vertx, key.get()), PATIENCE);
        System.out.println(said.orElse("The test alert arrived at %s, with a good signature.".formatted(sink.get())));
        return said.isEmpty() ? 0 : 1;
    }

    private static Optional<URI> word(List<String> words, String name) {
        return words.stream()
                .filter(word -> word.startsWith("--" + name + "=http"))
                .map(word -> URI.create(word.substring(name.length() + 3)))
                .findFirst();
    }

    /** Nothing where it did, else what went wrong. */
    private Uni<Optional<String>> arrives(Vertx vertx, String adminKey) {
        return listening(vertx)
                .chain(() -> post("/accounts", adminKey, new JsonObject().put("name", "Test alert")))
                .map(account -> account.getString("apiKey"))
                .chain(key -> told(key).eventually(() -> erased(key)))
                .map(sent -> received())
                .onFailure()
                .recoverWithItem(failure -> Optional.of("The test alert did not arrive: " + failure.getMessage()));
    }

    private Uni<Integer> listening(Vertx vertx) {
        var server = vertx.createHttpServer().requestHandler(receiver.routes());
        return Uni.createFrom()
                .completionStage(() -> server.listen(sink.getPort(), "0.0.0.0").toCompletionStage())
                .map(opened -> opened.actualPort());
    }

    private Uni<JsonObject> told(String key) {
        var webhook =
                new JsonObject().put("kind", "webhook").put("name", "sink").put("url", sink.toString());
        return post("/channels", key, webhook)
                .invoke(channel -> receiver.signedWith(channel.getString("secret")))
                .chain(channel -> tested(key, channel.getString("id")));
    }

    /** Again for a while: the channel may not be proven yet. */
    private Uni<JsonObject> tested(String key, String channel) {
        return post("/channels/" + channel + "/test", key, new JsonObject())
                .onFailure(Missed.class)
                .retry()
                .withBackOff(PAUSE, PAUSE)
                .atMost(TRIES);
    }

    private Uni<Reply> erased(String key) {
        return http.delete(URI.create(api + "/account"), Map.of("Authorization", "Bearer " + key), LIMITS);
    }

    private Optional<String> received() {
        return receiver.events().stream().anyMatch(event -> "alert.test".equals(event.getString("type")))
                ? Optional.empty()
                : Optional.of("Plimsoll sent the test alert, but it did not arrive at %s.".formatted(sink));
    }

    private Uni<JsonObject> post(String path, String key, JsonObject body) {
        var headers = new HashMap<>(Map.of("Authorization", "Bearer " + key));
        headers.put("Content-Type", "application/json");
        return http.post(URI.create(api + path), headers, Buffer.buffer(body.encode()), LIMITS)
                .map(TestAlert::success);
    }

    private static JsonObject success(Reply reply) {
        if (!reply.isSuccess()) {
            throw new Missed("Plimsoll answered %d: %s".formatted(reply.status(), reply.text()));
        }
        return new JsonObject(reply.text());
    }
}
