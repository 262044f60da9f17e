package dev.plimsoll.market;

import static dev.plimsoll.market.Street.ETH;
import static dev.plimsoll.market.Street.NOON;
import static dev.plimsoll.market.Street.quote;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas on one database. */
@QuarkusTest
class SnapshotStoreTest {
    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Inject
    ReactiveRedisDataSource redis;

    private final LatestMarket here = new LatestMarket();
    private final LatestMarket there = new LatestMarket();
    private SnapshotStore watch;
    private SnapshotStore standby;

    @BeforeEach
    void nothingIsPublished() {
        now(engine.query("delete from snapshot").execute());
        watch = new SnapshotStore(engine, here, redis, new SimpleMeterRegistry());
        standby = new SnapshotStore(engine, there, redis, new SimpleMeterRegistry());
    }

    @Test
    void whatOneReplicaPublishesTheOtherReads() {
        var published = market(NOON, "3000");

        assertThat(now(watch.publish(published, 1))).isTrue();
        now(standby.refresh());

        assertThat(here.snapshot()).contains(published);
        assertThat(there.snapshot().orElseThrow().range(ETH)).isEqualTo(published.range(ETH));
        assertThat(there.snapshot().orElseThrow().tick()).isEqualTo(published.tick());
    }

    @Test
    void aWatchThatLostItsLeasePublishesNothing() {
        now(watch.publish(market(NOON, "3000"), 2));

        var late = now(standby.publish(market(NOON.plusSeconds(60), "9999"), 1));
        now(standby.refresh());

        assertThat(late).isFalse();
        assertThat(there.snapshot().orElseThrow().range(ETH))
                .isEqualTo(market(NOON, "3000").range(ETH));
    }

    @Test
    void aHigherEpochIsYoungerWhateverItsClockShows() {
        now(watch.publish(market(NOON, "3000"), 1));
        now(standby.refresh());

        now(watch.publish(market(NOON.minusSeconds(3600), "2000"), 2));
        now(standby.refresh());

        assertThat(there.snapshot().orElseThrow().range(ETH))
                .isEqualTo(market(NOON, "2000").range(ETH));
    }

    @Test
    void anEmptyTableIsNoNews() {
        now(standby.refresh());

        assertThat(there.snapshot()).isEmpty();
    }

    @Test
    void aSnapshotThatThisVersionCannotReadIsPassedOver() {
        now(watch.publish(market(NOON, "3000"), 1));
        now(engine.query("update snapshot set epoch = 2, data = jsonb_set(data, '{assets,0,state}', '\"foretold\"')")
                .execute());

        now(standby.refresh());

        assertThat(there.snapshot()).isEmpty();
        assertThat(now(standby.publish(market(NOON.plusSeconds(10), "3001"), 3)))
                .isTrue();
    }

    private static MarketSnapshot market(Instant at, String eth) {
        return new Street().judge(at, quote("a", ETH, eth, at), quote("b", ETH, eth, at));
    }

    private static <T> T now(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(60));
    }
}
