package dev.plimsoll.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Where the watch may run, drills are seen to as well. */
@Singleton
class DrillRounds {
    private static final Duration BUDGET = Duration.ofSeconds(20);

    private final Drills drills;
    private final PipelineConfig config;
    private final Aside drilling;

    @Inject
    DrillRounds(Drills drills, PipelineConfig config, MeterRegistry meters) {
        this.drills = drills;
        this.config = config;
        this.drilling = new Aside("drills seen to", meters);
    }

    @Scheduled(identity = "drills", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return Role.WATCH.isIn(config)
                ? drilling.attempt(drills.round(), BUDGET)
                : Uni.createFrom().voidItem();
    }
}
