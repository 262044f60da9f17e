package dev.plimsoll.oracle.source;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A price source's server on loopback that answers for every asset at once, after a while, or badly, or never. */
final class LocalVenue {
    private static final double JITTER = 0.1;

    private final Vertx vertx;
    private final Clock clock;
    private final Manner manner;
    private final long latencyMillis;
    private final Random random;
    private final HttpServer server;

    /** How it answers. */
    enum Manner {
        WELL,
        FAILING,
        HANGING
    }

    LocalVenue(Vertx vertx, Clock clock, Manner manner, Duration latency) {
        this.vertx = vertx;
        this.clock = clock;
        this.manner = manner;
        this.latencyMillis = latency.toMillis();
        this.random = new Random(latencyMillis);
        this.server = vertx.createHttpServer()
                .requestHandler(this::take)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    private void take(HttpServerRequest request) {
        if (manner == Manner.HANGING) {
            return;
        }
        var body = manner == Manner.WELL ? prices(request.getParam("ids")) : "{\"error\":\"it is broken\"}";
        var jitter = (long) (latencyMillis * JITTER * random.nextDouble());
        vertx.setTimer(
                Math.max(1, latencyMillis + jitter),
                waited -> request.response()
                        .setStatusCode(manner == Manner.WELL ? 200 : 500)
                        .putHeader("content-type", "application/json")
                        .end(body));
    }

    /** Prices wander with time, a little differently here than elsewhere. */
    private String prices(String ids) {
        var now = clock.instant().getEpochSecond();
        var drift = now % 1000 + latencyMillis % 10;
        return Stream.of(ids.split(","))
                .map(id -> "\"%s\":{\"price\":\"%d.%04d\",\"time\":%d}"
                        .formatted(id, 100 + Math.abs(id.hashCode() % 1000), drift, now))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
