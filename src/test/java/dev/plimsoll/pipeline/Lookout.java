package dev.plimsoll.pipeline;

import dev.plimsoll.market.Drift;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.Past;
import dev.plimsoll.risk.Given;
import dev.plimsoll.unit.Tick;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Duration;

/** A watch that is shown one market after the other, ten seconds apart, whatever any source says; on a real database. */
final class Lookout {
    static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Maker maker;
    private Past past = Past.NOTHING;
    private Parts parts;

    private record Parts(Lease lease, BookKeeper keeper, Judging judging) {}

    private Lookout(Maker maker) {
        this.maker = maker;
        this.parts = maker.parts();
    }

    /** One tick, now. Market: {@code "ETH 3000"}, {@code "ETH 2900..3100"}, {@code "ETH ?"}. */
    Lookout sees(String... prices) {
        var seen = Given.marketAt(maker.clock.instant(), prices);
        var market = new MarketSnapshot(new Tick(1, maker.clock.instant(), INTERVAL), seen.assets(), past, Drift.NONE);
        past = market.past();
        parts.lease
                .hold()
                .map(held -> held.orElseThrow())
                .call(term -> parts.keeper.follow(term))
                .chain(term -> parts.judging.judge(term, market))
                .await()
                .atMost(PATIENCE);
        return this;
    }

    /** The same market at every tick of this time, the first one interval from now. */
    Lookout seesFor(String time, String... prices) {
        for (var left = Duration.parse(time); left.isPositive(); left = left.minus(INTERVAL)) {
            maker.clock.advance(INTERVAL);
            sees(prices);
        }
        return this;
    }

    /** Another takes over, who knows only what is in the database and the market's past. */
    Lookout restarts() {
        close();
        parts = maker.parts();
        return this;
    }

    void close() {
        parts.lease.release().await().atMost(PATIENCE);
    }

    @Singleton
    static class Maker {
        private final Replica.Stores stores;
        private final Replica.Shared shared;
        private final Pool engine;
        private final HandClock clock;

        Maker(Replica.Stores stores, Replica.Shared shared, @ReactiveDataSource("engine") Pool engine) {
            this.stores = stores;
            this.shared = shared;
            this.engine = engine;
            this.clock = shared.clock();
        }

        Lookout make() {
            return new Lookout(this);
        }

        private Parts parts() {
            var memory = new Memory();
            var lease = new Lease(engine, Duration.ofSeconds(15));
            var feed = new ChangeFeed(engine, Duration.ofHours(1));
            var keeper = new BookKeeper(feed, stores.positions(), stores.rules(), stores.alerts(), memory);
            var commit = new Commit(lease, stores.alerts(), stores.outbox(), memory);
            var operator = new OperatorNotices(lease, stores.outbox(), new BlackoutStore(), shared.config());
            return new Parts(
                    lease,
                    keeper,
                    new Judging(
                            memory,
                            shared.notices(),
                            shared.assets(),
                            shared.latest(),
                            commit,
                            operator,
                            shared.config()));
        }
    }
}
