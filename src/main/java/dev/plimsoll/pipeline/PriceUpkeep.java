package dev.plimsoll.pipeline;

import dev.plimsoll.market.PriceAge;
import dev.plimsoll.market.PriceAge.Thinning;
import dev.plimsoll.market.PriceStore;
import dev.plimsoll.pipeline.PriceHistory.Held;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Thins recorded prices with age and drops those too old, about once an hour by the watch's clock, where the watch is
 * held and beside its ticks. A bounded amount of work a time: after a long stop it takes some hours to catch up.
 */
@Startup
@ApplicationScoped
class PriceUpkeep {
    private static final Duration HOURLY = Duration.ofHours(1);
    private static final Duration AHEAD = Duration.ofDays(7);
    private static final Duration BUDGET = Duration.ofMinutes(5);
    private static final int THINNINGS = 8;

    private final PriceHistory history;
    private final PriceStore prices;
    private final PriceAge age;
    private final Lease lease;
    private final Aside keeping;
    private volatile Optional<Instant> last = Optional.empty();

    @Inject
    PriceUpkeep(PriceHistory history, PriceStore prices, PriceAge age, Lease lease, MeterRegistry meters) {
        this.history = history;
        this.prices = prices;
        this.age = age;
        this.lease = lease;
        this.keeping = new Aside("prices thinned", meters);
    }

    @Scheduled(identity = "prices", every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return history.held()
                .filter(held -> isDue(held.at()))
                .map(this::run)
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private boolean isDue(Instant now) {
        return last.map(before -> Duration.between(before, now).abs().compareTo(HOURLY) >= 0)
                .orElse(true);
    }

    private Uni<Void> run(Held held) {
        return keeping.attempt(
                months(held).chain(() -> thin(age.thinnings(held.at()))).invoke(() -> last = Optional.of(held.at())),
                BUDGET);
    }

    /** At most one is dropped a time: a clock that is far ahead by mistake does not empty the table at once. */
    private Uni<Void> months(Held held) {
        return lease.guarded(
                held.term(),
                tx -> prices.makeMonths(tx, List.of(held.at(), held.at().plus(AHEAD)))
                        .chain(() -> prices.dropMonth(tx, held.at().minus(age.retention())))
                        .invoke(dropped ->
                                dropped.ifPresent(name -> Log.infof("old prices dropped: partition=%s", name)))
                        .replaceWithVoid());
    }

    private Uni<Void> thin(List<Thinning> thinnings) {
        return Multi.createFrom()
                .iterable(thinnings)
                .onItem()
                .transformToMultiAndConcatenate(thinning -> Multi.createBy()
                        .repeating()
                        .uni(() -> prices.thin(thinning))
                        .whilst(made -> made > 0)
                        .select()
                        .first(THINNINGS))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
