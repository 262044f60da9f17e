package dev.plimsoll.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** A receiver that fails every call and repeats in its error all that it was sent: address, headers and body. */
final class EchoServer implements AutoCloseable {
    private final HttpServer server;
    private final Set<String> paths = ConcurrentHashMap.newKeySet();

    EchoServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::repeat);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    /** Whether somebody called a path that begins so. */
    boolean wasCalled(String beginning) {
        return paths.stream().anyMatch(path -> path.startsWith(beginning));
    }

    private void repeat(HttpExchange exchange) {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var said = "cannot " + exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n"
                    + exchange.getRequestHeaders().entrySet() + "\n" + body;
            var bytes = said.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .add("X-Cause", exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(500, bytes.length);
            exchange.getResponseBody().write(bytes);
            paths.add(exchange.getRequestURI().getPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
