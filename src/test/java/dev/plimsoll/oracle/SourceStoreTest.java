package dev.plimsoll.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.oracle.SourceBoard.Posted;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas on one database, of which one asks the sources. */
@QuarkusTest
class SourceStoreTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    private final SourceBoard here = new SourceBoard();
    private final SourceBoard there = new SourceBoard();
    private SourceStore watch;
    private SourceStore standby;

    @BeforeEach
    void nothingIsPublished() {
        now(engine.query("delete from snapshot").execute());
        watch = new SourceStore(engine, asking("kraken"), here);
        standby = new SourceStore(engine, asking("kraken"), there);
    }

    @Test
    void aReplicaThatAsksNobodyKnowsHowTheSourcesDo() {
        now(watch.publish(1, NOON));
        now(standby.refresh());

        assertThat(there.latest()).isEqualTo(here.latest());
        assertThat(there.latest().orElseThrow().at()).isEqualTo(NOON);
        assertThat(there.latest().orElseThrow().statuses())
                .singleElement()
                .satisfies(status -> assertThat(status.name()).isEqualTo("kraken"));
    }

    @Test
    void aWatchThatLostItsLeasePublishesNothing() {
        now(watch.publish(2, NOON));

        now(standby.publish(1, NOON.plusSeconds(60)));
        now(standby.refresh());

        assertThat(there.latest().orElseThrow().at()).isEqualTo(NOON);
    }

    @Test
    void whatThisVersionCannotReadIsPassedOverAndTheNextIsLearnt() {
        now(engine.query("""
                        insert into snapshot (name, epoch, at, data)
                        values ('sources', 1, now(), '{"items":[{"source":"kraken","state":"of-another-version"}]}')""").execute());

        now(standby.refresh());

        assertThat(there.latest()).isEmpty();
        now(watch.publish(2, NOON));
        now(standby.refresh());
        assertThat(there.latest().orElseThrow().at()).isEqualTo(NOON);
    }

    @Test
    void whatIsKnownIsNoNews() {
        var heard = new AtomicInteger();
        there.onNews(heard::incrementAndGet);
        now(watch.publish(1, NOON));

        now(standby.refresh());
        now(standby.refresh());

        assertThat(heard).hasValue(1);
    }

    @Test
    void anOlderEpochIsNotBelieved() {
        here.offer(new Posted(2, NOON, List.of()));

        here.offer(new Posted(1, NOON.plusSeconds(1), List.of()));

        assertThat(here.latest().orElseThrow().epoch()).isEqualTo(2);
    }

    private static Oracles asking(String name) {
        return OraclesOf.sources(
                Map.of(), new ScriptedSource(name, assets -> Multi.createFrom().empty()));
    }

    private static <T> T now(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(60));
    }
}
