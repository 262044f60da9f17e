package dev.plimsoll.pipeline;

import dev.plimsoll.delivery.Failover;
import dev.plimsoll.delivery.Stragglers;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What the courier does beside sending: looks for what is late, or waits for nothing, and has it told elsewhere. */
@Singleton
class CourierUpkeep {
    private static final Duration BUDGET = Duration.ofSeconds(30);

    private final Failover failover;
    private final Stragglers stragglers;
    private final Aside late;
    private final Aside ended;
    private final boolean courier;

    @Inject
    CourierUpkeep(Failover failover, Stragglers stragglers, MeterRegistry meters, PipelineConfig config) {
        this.failover = failover;
        this.stragglers = stragglers;
        this.late = new Aside("told elsewhere what is late", meters);
        this.ended = new Aside("ended what waits for closed channels", meters);
        this.courier = Role.COURIER.isIn(config);
    }

    @Scheduled(identity = "failover", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> failOver() {
        return courier
                ? late.attempt(failover.round().replaceWithVoid(), BUDGET)
                : Uni.createFrom().voidItem();
    }

    @Scheduled(identity = "closed-channels", every = "15s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> endForClosed() {
        return courier
                ? ended.attempt(stragglers.round(), BUDGET)
                : Uni.createFrom().voidItem();
    }
}
