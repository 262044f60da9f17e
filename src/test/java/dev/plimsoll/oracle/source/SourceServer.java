package dev.plimsoll.oracle.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A real HTTP server on loopback that answers as a test says and remembers what it was asked. */
final class SourceServer implements AutoCloseable {
    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** @param headers names in lower case, first values */
    record Asked(URI uri, Map<String, String> headers) {}

    record Said(int status, String contentType, byte[] body, Map<String, String> headers) {
        static Said json(int status, String body) {
            return new Said(status, "application/json; charset=utf-8", bytes(body), Map.of());
        }

        static Said of(int status, String contentType, String body) {
            return new Said(status, contentType, bytes(body), Map.of());
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    SourceServer(Function<URI, Said> answers) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(exchange, answers));
        server.start();
    }

    static SourceServer saying(Said always) {
        return new SourceServer(uri -> always);
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    List<Asked> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange, Function<URI, Said> answers) throws IOException {
        var headers = new HashMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        asked.add(new Asked(exchange.getRequestURI(), headers));
        var said = answers.apply(exchange.getRequestURI());
        exchange.getResponseHeaders().set("Content-Type", said.contentType());
        said.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(said.status(), said.body().length == 0 ? -1 : said.body().length);
        try (exchange) {
            exchange.getResponseBody().write(said.body());
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
