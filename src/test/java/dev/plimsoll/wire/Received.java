package dev.plimsoll.wire;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.metrics.MetricsOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.metrics.HttpClientMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/** What the HTTP clients of one Vert.x took in, as counted where the bytes come off the socket. */
public final class Received {
    private final AtomicLong bytes = new AtomicLong();

    /** A Vert.x that counts here. */
    public Vertx vertx() {
        return Vertx.builder()
                .with(new VertxOptions().setMetricsOptions(new MetricsOptions().setEnabled(true)))
                .withMetrics(options -> new Metrics())
                .build();
    }

    public long bytes() {
        return bytes.get();
    }

    /** CPU time of all event loops so far, on which answers are received and read. */
    public static Duration cpu() {
        var threads = ManagementFactory.getThreadMXBean();
        return Duration.ofNanos(LongStream.of(threads.getAllThreadIds())
                .filter(id -> threads.getThreadInfo(id) != null
                        && threads.getThreadInfo(id).getThreadName().contains("eventloop"))
                .map(threads::getThreadCpuTime)
                .sum());
    }

    private final class Metrics implements VertxMetrics {
        @Override
        public HttpClientMetrics<?, ?, ?, ?> createHttpClientMetrics(HttpClientOptions options) {
            return new ClientMetrics();
        }
    }

    private final class ClientMetrics implements HttpClientMetrics<Object, Object, Object, Object> {
        @Override
        public void bytesRead(Object socket, SocketAddress remote, long count) {
            bytes.addAndGet(count);
        }
    }
}
