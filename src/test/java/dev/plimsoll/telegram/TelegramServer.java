package dev.plimsoll.telegram;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Telegram for tests: the Bot API, and people who type and press. As strict as the real one: limits, markup, lengths, buttons,
 * blocked bots, groups that move, one poller at a time.
 *
 * <p>Its real-time clock and its own threads; runs alone too, see {@link TelegramConsole}.
 */
public final class TelegramServer implements AutoCloseable {
    public static final String TOKEN = "7000000001:AAE-canary-bot-token_0123456789abcdef";
    public static final String USERNAME = "plimsoll_test_bot";
    static final long BOT = 7_000_000_001L;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final AtomicReference<Optional<Trouble>> trouble = new AtomicReference<>(Optional.empty());
    private final ServerWorld world;
    private final ServerMethods methods;
    private final ServerWebhook webhook;

    /** One call of the bot. @param status as it was answered */
    public record Call(String method, JsonObject body, int status) {}

    /** @param method empty for all */
    private record Trouble(String method, int status, JsonObject answer) {}

    private TelegramServer(int port, boolean limited) {
        world = new ServerWorld();
        webhook = new ServerWebhook(world.updates(), threads);
        methods = new ServerMethods(world, webhook, limited);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** With Telegram's limits. */
    public static TelegramServer start() {
        return new TelegramServer(0, true);
    }

    /** For tests of other things: as many messages as one likes. */
    public static TelegramServer withoutLimits() {
        return new TelegramServer(0, false);
    }

    /** @param port 0 for any */
    public static TelegramServer on(int port, boolean limited) {
        return new TelegramServer(port, limited);
    }

    /** For {@code plimsoll.delivery.telegram.url}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Somebody whose app speaks English; the bot knows them when they write to it. */
    public TelegramUser person(String name) {
        return new TelegramUser(world, world.newPerson(name));
    }

    /** A group in which both the bot and its owner are. */
    public TelegramGroup group(String title, TelegramUser owner) {
        return new TelegramGroup(world, world.newGroup("group", title, owner.id()));
    }

    /** A group with topics. */
    public TelegramGroup forum(String title, TelegramUser owner) {
        return new TelegramGroup(world, world.newGroup("supergroup", title, owner.id()));
    }

    /** From now on, every call of this method, or of all where it is empty. */
    public void fails(String method, int status, String description) {
        fails(method, status, new JsonObject().put("error_code", status).put("description", description));
    }

    /** @param answer as it is sent */
    public void fails(String method, int status, JsonObject answer) {
        trouble.set(Optional.of(new Trouble(method, status, answer.put("ok", false))));
    }

    public void recovers() {
        trouble.set(Optional.empty());
    }

    /** What the bot asked for, in order; long polls too, once they are answered. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    public List<Call> calls(String method) {
        return calls.stream().filter(call -> call.method().equals(method)).toList();
    }

    /** What the bot has not taken yet. */
    public int waitingUpdates() {
        return world.updates().waiting();
    }

    /** Whether a long poll waits for something to happen. */
    public boolean isPolled() {
        return world.updates().isAsked();
    }

    /** Whether it calls the bot. */
    public boolean isWebhookSet() {
        return world.updates().isWebhook();
    }

    /** The menu. */
    public List<String> commands() {
        return methods.commands();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var method = exchange.getRequestURI().getPath().replaceFirst("^/bot[^/]*/", "");
            try {
                var asked = body.isEmpty() ? new JsonObject() : new JsonObject(body);
                var answer = answer(exchange.getRequestURI().getPath(), method, asked);
                calls.add(new Call(method, asked, answer.getInteger("error_code", 200)));
                send(exchange, answer);
            } catch (DecodeException e) {
                send(exchange, Refusal.bad("can't parse the request as JSON").json());
            }
        }
    }

    private JsonObject answer(String path, String method, JsonObject asked) {
        try {
            if (!path.startsWith("/bot" + TOKEN + "/")) {
                throw path.startsWith("/bot") ? Refusal.unauthorized() : Refusal.notFound();
            }
            var failing = trouble.get()
                    .filter(it -> it.method().isEmpty() || it.method().equals(method));
            return failing.isPresent()
                    ? failing.get().answer()
                    : new JsonObject().put("ok", true).put("result", methods.call(method, asked));
        } catch (Refusal refused) {
            return refused.json();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Refusal.conflict("the server ends").json();
        }
    }

    private static void send(HttpExchange exchange, JsonObject answer) throws IOException {
        var bytes = answer.encode().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        var parameters = answer.getJsonObject("parameters", new JsonObject());
        if (parameters.containsKey("retry_after")) {
            exchange.getResponseHeaders()
                    .set("Retry-After", parameters.getValue("retry_after").toString());
        }
        exchange.sendResponseHeaders(answer.getInteger("error_code", 200), bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
