package dev.plimsoll.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How late event loops are with what is due: whatever blocks one of them holds up all that it serves. */
@Singleton
class EventLoopMeters {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Timer delay;

    @Inject
    EventLoopMeters(Vertx vertx, MeterRegistry registry) {
        this.vertx = vertx;
        this.delay = registry.timer("plimsoll.event.loop.delay");
    }

    void start(@Observes StartupEvent event) {
        vertx.nettyEventLoopGroup().forEach(this::measure);
    }

    private void measure(EventExecutor loop) {
        var due = System.nanoTime() + PERIOD.toNanos();
        loop.schedule(() -> measured(loop, due), PERIOD.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void measured(EventExecutor loop, long due) {
        delay.record(Math.max(0, System.nanoTime() - due), TimeUnit.NANOSECONDS);
        if (!loop.isShuttingDown()) {
            measure(loop);
        }
    }
}
