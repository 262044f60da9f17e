package dev.plimsoll.pipeline;

import dev.plimsoll.delivery.ReceiptWatch;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Where deliveries are sent, receivers are also asked what became of them. */
@Singleton
class ReceiptRounds {
    private static final String EVERY = "5s";
    /** Less than a receipt is this replica's. */
    private static final Duration BUDGET = Duration.ofSeconds(45);

    private final ReceiptWatch watch;
    private final PipelineConfig config;
    private final Aside asking;

    @Inject
    ReceiptRounds(ReceiptWatch watch, PipelineConfig config, MeterRegistry meters) {
        this.watch = watch;
        this.config = config;
        this.asking = new Aside("receipts asked for", meters);
    }

    @Scheduled(identity = "receipts", every = EVERY, concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return Role.COURIER.isIn(config)
                ? asking.attempt(watch.round().replaceWithVoid(), BUDGET)
                : Uni.createFrom().voidItem();
    }
}
