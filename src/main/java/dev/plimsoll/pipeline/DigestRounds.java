package dev.plimsoll.pipeline;

import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.pipeline.PriceHistory.Held;
import dev.plimsoll.pipeline.digest.Digests;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Where the watch is held, and beside its ticks, digests are brought out: they stand on the market of its last tick. */
@Singleton
class DigestRounds {
    private static final Duration BUDGET = Duration.ofMinutes(2);

    /** What is older is no judgement of now: they wait for the next tick. */
    private static final Duration FRESH = Duration.ofMinutes(2);

    private final PriceHistory history;
    private final LatestMarket latest;
    private final Digests digests;
    private final Clock clock;
    private final Aside telling;

    @Inject
    DigestRounds(PriceHistory history, LatestMarket latest, Digests digests, Clock clock, MeterRegistry meters) {
        this.history = history;
        this.latest = latest;
        this.digests = digests;
        this.clock = clock;
        this.telling = new Aside("digests brought out", meters);
    }

    @Scheduled(identity = "digests", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        var now = clock.instant();
        return history.held()
                .filter(held -> isFresh(held, now))
                .flatMap(held -> latest.snapshot())
                .map(market -> bringOut(market, now))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private static boolean isFresh(Held held, Instant now) {
        return held.at().plus(FRESH).isAfter(now);
    }

    private Uni<Void> bringOut(MarketSnapshot market, Instant now) {
        return telling.attempt(digests.round(market, now).replaceWithVoid(), BUDGET);
    }
}
