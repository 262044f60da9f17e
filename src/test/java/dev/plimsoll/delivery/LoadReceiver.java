package dev.plimsoll.delivery;

import dev.plimsoll.wire.FreePort;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Receives webhooks on all loopback addresses at once, each a host of its own to who calls, and answers 200 after as many
 * milliseconds as the path's last segment says: {@code /quick/0}, {@code /slow/10000}.
 */
public final class LoadReceiver implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int BACKLOG = 4_096;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(THREADS));
    private final Map<String, Arrivals> arrivals = new ConcurrentHashMap<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private final int port;

    /** @param last monotonic clock, in nanoseconds */
    private record Arrivals(int count, long last) {
        Arrivals plus(Arrivals more) {
            return new Arrivals(count + more.count, more.last);
        }
    }

    public LoadReceiver() {
        port = FreePort.next();
        var options = new HttpServerOptions().setHost("0.0.0.0").setPort(port).setAcceptBacklog(BACKLOG);
        for (var thread = 0; thread < THREADS; thread++) {
            vertx.createHttpServer(options)
                    .requestHandler(this::receive)
                    .listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }

    public int port() {
        return port;
    }

    /** @param host 1 to 65,000: which of the loopback addresses */
    public String url(int host, String name, int answerAfterMillis) {
        return "http://127.1.%d.%d:%d/%s/%d".formatted(host / 250, 1 + host % 250, port, name, answerAfterMillis);
    }

    /** How many came to the URLs of this name. */
    public int received(String name) {
        return arrivals.getOrDefault(name, new Arrivals(0, 0)).count();
    }

    /** When the last of them came, by monotonic clock in nanoseconds. */
    public long last(String name) {
        return arrivals.getOrDefault(name, new Arrivals(0, 0)).last();
    }

    public int mostInFlight() {
        return mostInFlight.get();
    }

    public void reset() {
        arrivals.clear();
        mostInFlight.set(0);
    }

    private void receive(HttpServerRequest request) {
        mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        request.exceptionHandler(gone -> {}).endHandler(end -> answerLater(request));
    }

    private void answerLater(HttpServerRequest request) {
        var path = request.path().split("/");
        arrivals.merge(path[1], new Arrivals(1, System.nanoTime()), Arrivals::plus);
        var millis = Integer.parseInt(path[2]);
        if (millis == 0) {
            answer(request);
        } else {
            vertx.setTimer(millis, timer -> answer(request));
        }
    }

    private void answer(HttpServerRequest request) {
        inFlight.decrementAndGet();
        request.response().end();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
