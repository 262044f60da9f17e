package dev.plimsoll.pipeline;

import dev.plimsoll.delivery.Outbox;
import io.quarkus.logging.Log;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * The courier's second look: alerts still firing that nobody was told of, because a channel became active and the
 * process died before it caught up.
 */
@ApplicationScoped
class CatchUp {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Pool engine;
    private final Outbox outbox;
    private final boolean courier;

    @Inject
    CatchUp(@ReactiveDataSource("engine") Pool engine, Outbox outbox, PipelineConfig config) {
        this.engine = engine;
        this.outbox = outbox;
        this.courier = Role.COURIER.isIn(config);
    }

    @Scheduled(identity = "catch-up", every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> round() {
        return courier ? reach() : Uni.createFrom().voidItem();
    }

    private Uni<Void> reach() {
        return engine.withTransaction(outbox::reachMissed)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .invoke(CatchUp::log)
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> Log.warnf("nobody caught up: why=%s", failure.getMessage()))
                .onFailure()
                .recoverWithUni(Uni.createFrom()::voidItem);
    }

    private static void log(int reached) {
        if (reached > 0) {
            Log.infof("alerts told late, their channel became active without them: deliveries=%d", reached);
        }
    }
}
