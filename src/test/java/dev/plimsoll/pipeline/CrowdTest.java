package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.crash.PriceServer;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A crash that moves more than the watch looks up at once. */
@QuarkusTest
@TestProfile(WatchProfile.class)
class CrowdTest {
    private static final int CROWD = 20;

    @Inject
    HandClock clock;

    @Inject
    Replica.Maker replicas;

    @Inject
    TickMeters meters;

    @Inject
    DeadMan deadMan;

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    private PriceServer prices;

    @BeforeEach
    void nobodyElse() throws IOException {
        sql("delete from account");
        sql("delete from snapshot");
        sql("update lease set holder = 'nobody', until = '-infinity', judged_until = null");
        clock.advance(Duration.ofHours(2));
        prices = new PriceServer(WatchProfile.PORT, clock);
        prices.set("ETH", "3000");
        prices.set("USDC", "1");
    }

    @AfterEach
    void close() {
        prices.close();
    }

    @Test
    void allOfItIsToldInTheTickThatSeesIt() {
        var replica = replicas.make(inPartsOfOne("1m"));
        fallsOn(replica);

        var report = replica.tickAfter(Duration.ofSeconds(10));
        replica.release();

        assertThat(report.transitions()).hasSize(CROWD);
        assertThat(sql("select from alert where state = 'firing'")).isEqualTo(CROWD);
    }

    @Test
    void whatOneTickHasNoTimeForIsToldByTheTicksRightAfterIt() {
        var replica = replicas.make(inPartsOfOne("1ms"));
        fallsOn(replica);
        var shift = new Shift(replica.watch(), replica.lease(), meters, deadMan, replica.clock(), inPartsOfOne("1h"));

        shift.tick().await().atMost(Duration.ofMinutes(1));
        replica.release();

        assertThat(sql("select from alert where state = 'firing'")).isEqualTo(CROWD);
    }

    @Test
    void aTickWithoutTimeForAllSaysSo() {
        var replica = replicas.make(inPartsOfOne("1ms"));
        fallsOn(replica);

        var report = replica.tickAfter(Duration.ofSeconds(10));
        replica.release();

        assertThat(report.isCut()).isTrue();
        assertThat(report.transitions()).hasSizeBetween(1, CROWD - 1);
    }

    @Test
    void aGapThatSomeWereToldOfIsToldToTheOthersAndToNobodyTwice() {
        IntStream.range(0, 3)
                .forEach(account -> Borrower.signsUp().withoutRules().borrows("2000"));
        var connection = new BreakingConnection(engine);
        var replica = replicas.make(connection, inPartsOfOne("1m"));
        replica.tick();
        clock.advance(Duration.ofMinutes(39));

        assertThatThrownBy(() -> IntStream.range(0, 10).forEach(tick -> replica.tickAfter(Duration.ofSeconds(10))))
                .hasStackTraceContaining("connection closed");
        var before = sql("select from notice");
        connection.breaksWhenOneIsTold = false;
        replica.tickAfter(Duration.ofSeconds(10));
        replica.release();

        assertThat(before).isEqualTo(1);
        assertThat(sql("select from notice where type = 'sight.regained'")).isEqualTo(3);
        assertThat(sql("select distinct account_id from notice")).isEqualTo(3);
    }

    /** The database takes no more once there is a notice. */
    private static final class BreakingConnection extends Lease {
        private final Pool engine;
        private volatile boolean breaksWhenOneIsTold = true;

        BreakingConnection(Pool engine) {
            super(engine, Duration.ofSeconds(15));
            this.engine = engine;
        }

        @Override
        <T> Uni<T> guarded(Term term, Function<SqlConnection, Uni<T>> work) {
            return engine.query("select from notice")
                    .execute()
                    .chain(told -> breaksWhenOneIsTold && told.rowCount() > 0
                            ? Uni.createFrom().failure(new IOException("connection closed"))
                            : super.guarded(term, work));
        }
    }

    @Test
    void aReplicaWhoseTicksNeverEndGivesTheWatchAwayAndLeavesItAlone() {
        var replica = replicas.make();
        var shift = new Shift(
                replica.watch(), replica.lease(), meters, deadMan, replica.clock(), with("tick-timeout", "1ms"));
        var other = replicas.make();

        await().until(() -> {
            now(shift.renew());
            return isFree();
        });
        now(shift.renew());
        now(shift.tick());
        var left = isFree();
        var report = other.tick();
        other.release();

        assertThat(left).isTrue();
        assertThat(report.held()).isTrue();
    }

    @Test
    void aReplicaWhoseTicksEndKeepsTheWatch() {
        var replica = replicas.make(new Lease(engine, Duration.ofHours(1)));
        var shift = new Shift(
                replica.watch(), replica.lease(), meters, deadMan, replica.clock(), with("tick-timeout", "1h"));

        now(shift.renew());
        now(shift.tick());
        now(shift.renew());
        var given = isFree();
        replica.release();

        assertThat(given).isFalse();
    }

    private boolean isFree() {
        return sql("select from lease where until > now()") == 0;
    }

    /** With a lease of an hour, so that whoever leaves it alone does so beyond the test. */
    private static PipelineConfig with(String setting, String value) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withDefaultValue("plimsoll.pipeline.lease-ttl", "1h")
                .withDefaultValue("plimsoll.pipeline." + setting, value)
                .withMapping(PipelineConfig.class)
                .build()
                .getConfigMapping(PipelineConfig.class);
    }

    private static void now(Uni<Void> work) {
        work.await().atMost(Duration.ofMinutes(1));
    }

    /** A crowd stood well, and does so no longer. */
    private void fallsOn(Replica replica) {
        var ada = Borrower.signsUp().withoutRules();
        ada.rulesHealthFactor("1.10", "1.12");
        IntStream.range(0, CROWD).forEach(loan -> ada.borrows("2000"));
        do {
            clock.advance(Duration.ofSeconds(10));
        } while (replica.tick().isCut());
        prices.set("ETH", "2700");
    }

    /** @param every what a tick has time for, sixteen in a round */
    private static PipelineConfig inPartsOfOne(String every) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withDefaultValue("plimsoll.pipeline.chunk-size", "1")
                .withDefaultValue("plimsoll.pipeline.every", every)
                .withMapping(PipelineConfig.class)
                .build()
                .getConfigMapping(PipelineConfig.class);
    }

    private int sql(String sql) {
        return engine.query(sql).execute().await().atMost(Duration.ofMinutes(1)).rowCount();
    }
}
