package dev.plimsoll.delivery.channel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** A service on this machine that speaks the API of the real one: keeps what it is asked, and fails when it is told to. */
public abstract class LocalService implements AutoCloseable {
    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicReference<Optional<Answer>> trouble = new AtomicReference<>(Optional.empty());

    /** @param uri path and query */
    public record Request(String method, URI uri, Map<String, List<String>> headers, String body) {
        public JsonObject json() {
            return new JsonObject(body);
        }

        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    /** @param headers beside Content-Type */
    public record Answer(int status, Map<String, String> headers, String body) {

        /** As recorded in {@code src/test/resources/wire}. */
        public static Answer wire(int status, String file) {
            return new Answer(status, Map.of(), read(file));
        }

        public Answer with(String header, String value) {
            return new Answer(status, Map.of(header, value), body);
        }
    }

    LocalService() {
        this(0);
    }

    /** @param port 0 for any */
    LocalService(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** What the real one would say. One request at a time. */
    abstract Answer answer(Request request);

    /** From now on, to everything. */
    public void fails(Answer answer) {
        trouble.set(Optional.of(answer));
    }

    public void recovers() {
        trouble.set(Optional.empty());
    }

    /** As new. */
    public void forget() {
        recovers();
        requests.clear();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** All of them, also those that failed. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    static String read(String file) {
        var name = "/wire/" + file;
        try (var stream = Objects.requireNonNull(LocalService.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    body);
            var answer = take(request);
            var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    synchronized Answer take(Request request) {
        requests.add(request);
        return trouble.get().orElseGet(() -> answer(request));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
