package dev.plimsoll.oracle.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plimsoll.oracle.source.SourceServer.Said;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A local Hermes: answers as it is told, and streams what it is told, to whoever listens at the moment. */
final class Hermes implements AutoCloseable {
    private static final String END = "";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<String> words = new LinkedBlockingQueue<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();
    private final AtomicInteger listeners = new AtomicInteger();
    private volatile Said latest;
    private volatile int streamStatus = 200;
    private volatile String key = "";

    Hermes(String latest) {
        says(Said.json(200, latest));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v2/updates/price/latest", this::answer);
        server.createContext("/v2/updates/price/stream", this::stream);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** When it is asked. */
    void says(Said said) {
        latest = said;
    }

    /** Over the stream, one event. */
    void tells(String update) {
        words.add("data:" + update.strip() + "\n\n");
    }

    /** Over the stream, as it stands. */
    void mumbles(String bytes) {
        words.add(bytes);
    }

    void endsTheStream() {
        words.add(END);
    }

    void refusesStreams(int status) {
        streamStatus = status;
    }

    int asked() {
        return asked.get();
    }

    /** How many were opened so far. */
    int streams() {
        return streams.get();
    }

    /** How many are open, as far as it has noticed. */
    int listeners() {
        return listeners.get();
    }

    /** The authorization of the last request. */
    String key() {
        return key;
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        var said = latest;
        exchange.getResponseHeaders().set("Content-Type", said.contentType());
        exchange.sendResponseHeaders(said.status(), said.body().length);
        try (exchange) {
            exchange.getResponseBody().write(said.body());
        }
    }

    private void stream(HttpExchange exchange) throws IOException {
        streams.incrementAndGet();
        key = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        if (streamStatus != 200) {
            exchange.sendResponseHeaders(streamStatus, -1);
            exchange.close();
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        listeners.incrementAndGet();
        try (exchange;
                var out = exchange.getResponseBody()) {
            out.flush();
            for (var word = words.take(); !word.equals(END); word = words.take()) {
                out.write(word.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            listeners.decrementAndGet();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
