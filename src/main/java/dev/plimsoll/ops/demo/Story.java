package dev.plimsoll.ops.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.wire.OperatorHttp;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.ScheduledExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The demo from sign-up to summary: once a second it does the next thing a user would do, and shows what there is.
 *
 * <p>Does nothing unless {@code plimsoll.ops.demo.crash} is set.
 */
@Singleton
public final class Story {
    /** After the last bar: time for the last webhook to arrive. */
    private static final int STEPS_TO_END = 3;

    private final DemoConfig config;
    private final Optional<CrashWindow> crash;
    private final Clock clock;
    private final Vertx vertx;
    private final Receiver receiver;
    private final PlimsollClient plimsoll;
    private final Screen screen;
    private Optional<String> apiKey = Optional.empty();
    private boolean prepared;
    private int stepsAfterEnd;

    @Inject
    Story(
            DemoConfig config,
            Clock clock,
            Vertx vertx,
            OperatorHttp http,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        this.config = config;
        this.crash = config.crash()
                .flatMap(CrashWindow::named)
                .map(window -> config.speed().map(window::at).orElse(window));
        this.clock = clock;
        this.vertx = vertx;
        this.receiver = new Receiver(vertx);
        this.plimsoll = new PlimsollClient(http, port);
        this.screen = new Screen(System.out, config.redraw());
    }

    void openServers(@Observes StartupEvent start) {
        crash.ifPresent(window -> {
            listen(config.exchangePort(), new ExchangeServers(vertx, new Tape(window), clock).routes());
            listen(config.receiverPort(), receiver.routes());
        });
    }

    private void listen(int port, Router routes) {
        vertx.createHttpServer().requestHandler(routes).listen(port, "127.0.0.1");
    }

    @Scheduled(
            every = "1s",
            identity = "demo",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = NoDemo.class)
    Uni<Void> step() {
        var window = crash.orElseThrow();
        if (!prepared) {
            return prepare(window);
        }
        return plimsoll.get(apiKey.orElseThrow(), "/positions")
                .invoke(page -> screen.show(window, clock.instant(), items(page), receiver.events()))
                .invoke(page -> endAfter(window))
                .replaceWithVoid();
    }

    private Uni<Void> prepare(CrashWindow window) {
        return signUp().chain(key -> channel(key).replaceWith(key))
                .chain(key -> positions(key, window.positions()))
                .invoke(() -> prepared = true);
    }

    /** Once: a step that failed half-way goes on with the account it has. */
    private Uni<String> signUp() {
        return apiKey.map(key -> Uni.createFrom().item(key))
                .orElseGet(() -> plimsoll.signUp("Demo")
                        .map(account -> account.getString("apiKey"))
                        .invoke(key -> apiKey = Optional.of(key)));
    }

    private Uni<JsonObject> channel(String key) {
        var url = "http://127.0.0.1:" + config.receiverPort() + "/hook";
        var body = new JsonObject().put("kind", "webhook").put("name", "demo").put("url", url);
        return plimsoll.post(key, "/channels", body.encode())
                .invoke(channel -> receiver.signedWith(channel.getString("secret")));
    }

    private Uni<Void> positions(String key, List<JsonNode> positions) {
        return Multi.createFrom()
                .iterable(positions)
                .onItem()
                .transformToUniAndConcatenate(position -> plimsoll.post(key, "/positions", position.toString()))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static List<JsonObject> items(JsonObject page) {
        return page.getJsonArray("items").stream().map(JsonObject.class::cast).toList();
    }

    private void endAfter(CrashWindow window) {
        if (clock.instant().isBefore(window.to()) || ++stepsAfterEnd != STEPS_TO_END) {
            return;
        }
        var summary = new Summary(window, receiver.events());
        summary.lines().forEach(screen::say);
        screen.say("");
        screen.say("  " + receiver.events().size() + " webhooks received, every signature good; " + receiver.forged()
                + " refused, " + receiver.repeats() + " came twice.");
        if (config.keep()) {
            screen.say("  Still running: http://127.0.0.1:" + plimsoll.port() + "/api/v1 with key "
                    + apiKey.orElseThrow());
            screen.say("  Ctrl-C ends it and leaves nothing behind.");
        } else {
            Quarkus.asyncExit(summary.allWarnedInTime() && receiver.forged() == 0 ? 0 : 1);
        }
    }

    /** Keeps the scheduler from calling the story when there is no demo. */
    @Singleton
    static final class NoDemo implements Scheduled.SkipPredicate {
        private final DemoConfig config;

        @Inject
        NoDemo(DemoConfig config) {
            this.config = config;
        }

        @Override
        public boolean test(ScheduledExecution execution) {
            return config.crash().isEmpty();
        }
    }
}
