package dev.plimsoll.pipeline;

import dev.plimsoll.delivery.recovery.RecoveryRound;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Where deliveries are sent, so are ways back into accounts whose keys are lost. */
@Singleton
class RecoveryRounds {
    private static final String EVERY = "2s";
    private static final Duration BUDGET = Duration.ofMinutes(1);

    private final RecoveryRound recovery;
    private final PipelineConfig config;
    private final Aside sending;

    @Inject
    RecoveryRounds(RecoveryRound recovery, PipelineConfig config, MeterRegistry meters) {
        this.recovery = recovery;
        this.config = config;
        this.sending = new Aside("sent ways back", meters);
    }

    @Scheduled(identity = "recovery", every = EVERY, concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return Role.COURIER.isIn(config)
                ? sending.attempt(recovery.round(), BUDGET)
                : Uni.createFrom().voidItem();
    }
}
