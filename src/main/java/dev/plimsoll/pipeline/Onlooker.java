package dev.plimsoll.pipeline;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Keeps a replica that may never hold the watch up with the market: it runs no tick in which it would learn of it. */
@Singleton
class Onlooker {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Prices prices;
    private final boolean follows;

    Onlooker(Prices prices, PipelineConfig config) {
        this.prices = prices;
        this.follows = config.follow() && !config.watch();
    }

    @Scheduled(identity = "onlooker", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return follows ? learn() : Uni.createFrom().voidItem();
    }

    private Uni<Void> learn() {
        return prices.refresh()
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(failure -> Log.warnf("market not learnt: why=%s", failure.getMessage()))
                .onFailure()
                .recoverWithUni(Uni.createFrom()::voidItem);
    }
}
