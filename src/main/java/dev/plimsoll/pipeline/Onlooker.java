package dev.plimsoll.pipeline;

import dev.plimsoll.market.LatestMarket;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps a replica that does not hold the watch up with the market: looks every second, and at once when Redis says that
 * there is news.
 */
@Singleton
class Onlooker {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Lease lease;
    private final Prices prices;
    private final PriceHistory history;
    private final LatestMarket latest;
    private final boolean follows;

    Onlooker(Lease lease, Prices prices, PriceHistory history, LatestMarket latest, PipelineConfig config) {
        this.lease = lease;
        this.prices = prices;
        this.history = history;
        this.latest = latest;
        this.follows = config.follow();
    }

    @Scheduled(identity = "onlooker", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return follows && !lease.wasHeld() ? learn() : Uni.createFrom().voidItem();
    }

    /** Goes on as long as Redis lets it, and is begun again within a second. A burst is one look. */
    @Scheduled(identity = "hints", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> hear() {
        return follows ? heard() : Uni.createFrom().voidItem();
    }

    private Uni<Void> heard() {
        return prices.hints()
                .onOverflow()
                .dropPreviousItems()
                .onItem()
                .transformToUniAndConcatenate(hint -> look())
                .onItem()
                .ignoreAsUni()
                .onFailure()
                .invoke(failure -> Log.debugf("hints end: why=%s", failure.getMessage()))
                .onFailure()
                .recoverWithUni(Uni.createFrom()::voidItem);
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
