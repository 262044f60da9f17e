package dev.plimsoll.pipeline;

import dev.plimsoll.delivery.Failover;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What the courier does beside sending: looks for what is late, and tells it elsewhere. */
@Singleton
class CourierUpkeep {
    private static final Duration BUDGET = Duration.ofSeconds(30);

    private final Failover failover;
    private final Aside late;
    private final boolean courier;

    @Inject
    CourierUpkeep(Failover failover, MeterRegistry meters, PipelineConfig config) {
        this.failover = failover;
        this.late = new Aside("told elsewhere what is late", meters);
        this.courier = config.courier();
    }

    @Scheduled(identity = "failover", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> failOver() {
        return courier
                ? late.attempt(failover.round().replaceWithVoid(), BUDGET)
                : Uni.createFrom().voidItem();
    }
}
