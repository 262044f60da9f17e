package dev.plimsoll.pipeline;

import dev.plimsoll.delivery.telegram.ThreadEdits;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Where deliveries are sent, what stands in chats is also kept true. */
@Singleton
class TelegramRounds {
    /** Less than a message is this replica's. */
    private static final Duration BUDGET = Duration.ofSeconds(25);

    private final ThreadEdits edits;
    private final GaugeRound gauges;
    private final Aside editing;
    private final Aside gauging;
    private final Aside beginning;
    private final boolean courier;

    @Inject
    TelegramRounds(ThreadEdits edits, GaugeRound gauges, PipelineConfig config, MeterRegistry meters) {
        this.edits = edits;
        this.gauges = gauges;
        this.beginning = new Aside("gauges begun", meters);
        this.gauging = new Aside("gauges brought up to date", meters);
        this.editing = new Aside("chat messages brought up to date", meters);
        this.courier = Role.COURIER.isIn(config);
    }

    @Scheduled(identity = "new-gauges", every = "15s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> beginGauges() {
        return courier
                ? beginning.attempt(gauges.begin(), BUDGET)
                : Uni.createFrom().voidItem();
    }

    @Scheduled(identity = "gauges", every = "2s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> gauge() {
        return courier
                ? gauging.attempt(gauges.run().replaceWithVoid(), BUDGET)
                : Uni.createFrom().voidItem();
    }

    @Scheduled(identity = "chat-messages", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> edit() {
        return courier
                ? editing.attempt(edits.round().replaceWithVoid(), BUDGET)
                : Uni.createFrom().voidItem();
    }
}
