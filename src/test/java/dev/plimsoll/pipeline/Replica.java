package dev.plimsoll.pipeline;

import dev.plimsoll.alert.AlertStore;
import dev.plimsoll.delivery.Outbox;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.PriceStore;
import dev.plimsoll.position.PositionFeedStore;
import dev.plimsoll.rule.RuleFeedStore;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.Tick;
import dev.plimsoll.wire.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Duration;

/** One of several watches on one database, each with a lease and a memory of its own. */
record Replica(Watch watch, Lease lease, BookKeeper keeper, Judging judging, HandClock clock, Memory memory) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Judges the present market, a planned interval of ten seconds after the last. */
    TickReport tick() {
        return watch.run(new Tick(1, clock.instant(), Duration.ofSeconds(10)))
                .await()
                .atMost(PATIENCE);
    }

    /** The same, this much later. */
    TickReport tickAfter(Duration pause) {
        clock.advance(pause);
        return tick();
    }

    void release() {
        lease.release().await().atMost(PATIENCE);
    }

    /** Makes replicas of the parts that the application has once. */
    @Singleton
    static class Maker {
        private final Pool engine;
        private final Stores stores;
        private final Shared shared;

        Maker(@ReactiveDataSource("engine") Pool engine, Stores stores, Shared shared) {
            this.engine = engine;
            this.stores = stores;
            this.shared = shared;
        }

        Replica make() {
            return make(new Lease(engine, Duration.ofSeconds(15)));
        }

        Replica make(Lease lease) {
            return make(lease, shared.config);
        }

        Replica make(PipelineConfig config) {
            return make(new Lease(engine, Duration.ofSeconds(15)), config);
        }

        Replica make(Lease lease, PipelineConfig config) {
            var memory = new Memory();
            var feed = new ChangeFeed(engine, Duration.ofHours(1));
            var keeper = new BookKeeper(feed, stores.positions, stores.rules, stores.alerts, stores.wishes, memory);
            var trace = new TickTrace(Tracing.off());
            var commit = new Commit(lease, stores.alerts, stores.outbox, memory, trace);
            var operator = new OperatorNotices(lease, stores.outbox, new BlackoutStore(), config);
            var mishaps = new Mishaps(new SimpleMeterRegistry());
            var judging = new Judging(
                    memory, shared.notices, shared.assets, shared.latest, commit, operator, mishaps, config);
            var history = new PriceHistory(lease, stores.prices, shared.latest, new SimpleMeterRegistry());
            var watch = new Watch(lease, keeper, shared.prices, history, judging, memory, trace);
            return new Replica(watch, lease, keeper, judging, shared.clock, memory);
        }
    }

    @Singleton
    record Stores(
            PositionFeedStore positions,
            RuleFeedStore rules,
            AlertStore alerts,
            WishKeeper wishes,
            Outbox outbox,
            PriceStore prices) {}

    @Singleton
    record Shared(
            Prices prices,
            Notices notices,
            AssetRegistry assets,
            LatestMarket latest,
            PipelineConfig config,
            HandClock clock) {}
}
