package dev.plimsoll.pipeline;

import dev.plimsoll.market.LatestMarket;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Keeps a replica that may never hold the watch up with the market: it runs no tick in which it would learn of it. */
@Singleton
class Onlooker {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Prices prices;
    private final PriceHistory history;
    private final LatestMarket latest;
    private final boolean follows;

    Onlooker(Prices prices, PriceHistory history, LatestMarket latest, PipelineConfig config) {
        this.prices = prices;
        this.history = history;
        this.latest = latest;
        this.follows = config.follow() && !config.watch();
    }

    @Scheduled(identity = "onlooker", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return follows ? learn() : Uni.createFrom().voidItem();
    }

    private Uni<Void> learn() {
        return prices.refresh()
                .chain(this::recall)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(failure -> Log.warnf("market not learnt: why=%s", failure.getMessage()))
                .onFailure()
                .recoverWithUni(Uni.createFrom()::voidItem);
    }

    /** The last day up to what it learnt, once after its start. */
    private Uni<Void> recall() {
        return latest.snapshot()
                .map(market -> history.recall(market.tick(), Optional.empty()))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }
}
