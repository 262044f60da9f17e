package dev.plimsoll.pipeline;

import dev.plimsoll.delivery.BacklogMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Measures what only the database knows, for the metrics: what waits, and whether anything is there that must not be. */
@Singleton
class Soundings {
    private static final Duration BUDGET = Duration.ofSeconds(10);

    private final BacklogMeters backlog;
    private final InvariantMeters invariants;
    private final Lease lease;
    private final Aside measuring;
    private final boolean works;

    @Inject
    Soundings(
            BacklogMeters backlog,
            InvariantMeters invariants,
            Lease lease,
            PipelineConfig config,
            MeterRegistry registry) {
        this.backlog = backlog;
        this.invariants = invariants;
        this.lease = lease;
        this.measuring = new Aside("measured what waits", registry);
        this.works = Role.WATCH.isIn(config) || Role.COURIER.isIn(config);
    }

    @Scheduled(identity = "backlog", every = "15s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> backlog() {
        return works
                ? measuring.attempt(backlog.measure(), BUDGET)
                : Uni.createFrom().voidItem();
    }

    /** Of all replicas the one that judges. */
    @Scheduled(identity = "invariants", every = "60s", delayed = "20s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> invariants() {
        return lease.wasHeld()
                ? invariants.check()
                : Uni.createFrom().voidItem().invoke(invariants::isAnothersPart);
    }
}
