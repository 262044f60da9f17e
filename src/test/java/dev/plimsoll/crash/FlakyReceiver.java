package dev.plimsoll.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A webhook receiver that keeps every message it accepted, and, while flaky, answers one in five with 500, drops one in
 * ten without an answer and takes its time over one in ten. What it fails it does not keep. It fails no message more than
 * twice: then none waits for a late try of the retry schedule.
 */
public final class FlakyReceiver implements AutoCloseable {
    private static final int MOST_FAILURES = 2;

    private final HttpServer server;
    private final Random random;
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private final List<Message> accepted = new CopyOnWriteArrayList<>();
    private final java.util.concurrent.ScheduledExecutorService later = Executors.newScheduledThreadPool(2);
    private volatile boolean flaky;

    public FlakyReceiver(long seed) throws IOException {
        random = new Random(seed);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/hook", this::receive);
        server.start();
    }

    /** One message answered with 200; {@code at} is when the answer left. */
    public record Message(String id, JsonObject body, Instant at) {
        public String type() {
            return body.getString("type");
        }

        public JsonObject alert() {
            return body.getJsonObject("data").getJsonObject("alert");
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public void flaky(boolean flaky) {
        this.flaky = flaky;
    }

    public List<Message> accepted() {
        return List.copyOf(accepted);
    }

    @Override
    public void close() {
        server.stop(0);
        later.shutdownNow();
    }

    private void receive(HttpExchange exchange) throws IOException {
        var body = new JsonObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var dice = flaky ? roll() : 9;
        if (dice <= 2 && hasFailedEnough(exchange)) {
            accept(exchange, body);
        } else if (dice == 0) {
            exchange.close();
        } else if (dice <= 2) {
            answer(exchange, 500, "try again");
        } else if (dice == 3) {
            later.schedule(() -> accept(exchange, body), 700, TimeUnit.MILLISECONDS);
        } else {
            accept(exchange, body);
        }
    }

    private boolean hasFailedEnough(HttpExchange exchange) {
        return failures.merge(id(exchange), 1, Integer::sum) > MOST_FAILURES;
    }

    private static String id(HttpExchange exchange) {
        return exchange.getRequestHeaders().getFirst("webhook-id");
    }

    private int roll() {
        synchronized (random) {
            return random.nextInt(10);
        }
    }

    private void accept(HttpExchange exchange, JsonObject body) {
        var id = id(exchange);
        var proof = "channel.verification".equals(body.getString("type"));
        try {
            answer(exchange, 200, proof ? body.getJsonObject("data").getString("code") : "thanks");
        } catch (IOException gone) {
            return; // the sender was killed meanwhile: it never heard our answer
        }
        if (!proof) {
            accepted.add(new Message(id, body, Instant.now()));
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
