package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.pipeline.Continuity.Gap;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two holders on one database. */
@QuarkusTest
class LeaseTest {
    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    private Lease first;
    private Lease second;

    @BeforeEach
    void nobodyHoldsIt() {
        sql("update lease set holder = 'nobody', until = '-infinity', judged_until = null");
        first = new Lease(engine, Duration.ofSeconds(15));
        second = new Lease(engine, Duration.ofSeconds(15));
    }

    @Test
    void oneHoldsItAndTheOtherStandsBy() {
        assertThat(now(first.hold())).isPresent();
        assertThat(now(second.hold())).isEmpty();
    }

    @Test
    void renewingKeepsTheEpochAndTakingOverRaisesIt() {
        var taken = now(first.hold()).orElseThrow();
        var renewed = now(first.hold()).orElseThrow();
        runOut();
        var takenOver = now(second.hold()).orElseThrow();

        assertThat(renewed.epoch()).isEqualTo(taken.epoch());
        assertThat(takenOver.epoch()).isEqualTo(taken.epoch() + 1);
    }

    @Test
    void aReleasedLeaseIsTakenOverAtOnce() {
        now(first.hold());

        now(first.release());

        assertThat(now(second.hold())).isPresent();
    }

    @Test
    void aHolderPausedBeyondItsLeaseCommitsNothing() {
        var paused = now(first.hold()).orElseThrow();
        runOut();
        var other = now(second.hold()).orElseThrow();

        assertThatThrownBy(() -> now(
                        first.guarded(paused, connection -> first.judged(connection, Instant.EPOCH, Optional.empty()))))
                .isInstanceOf(LeaseLost.class);
        assertThat(now(second.hold())).hasValue(other);
    }

    @Test
    void aHolderWhoseLeaseRanOutCommitsNothingEvenBeforeSomebodyElseTookIt() {
        var paused = now(first.hold()).orElseThrow();
        runOut();

        assertThatThrownBy(() -> now(
                        first.guarded(paused, connection -> first.judged(connection, Instant.EPOCH, Optional.empty()))))
                .isInstanceOf(LeaseLost.class);
    }

    @Test
    void theNextHolderLearnsUntilWhenWasJudgedAndWhichGapIsUntold() {
        var term = now(first.hold()).orElseThrow();
        var noon = Instant.parse("2026-11-21T12:00:00Z");
        var gap = new Gap(noon.minusSeconds(3600), noon.minusSeconds(60));

        now(first.guarded(term, connection -> first.judged(connection, noon, Optional.of(gap))));
        now(first.release());

        var next = now(second.hold()).orElseThrow();
        assertThat(next.judgedUntil()).hasValue(noon);
        assertThat(next.untold()).hasValue(gap);
    }

    @Test
    void aHolderThatStopsInsideATransactionIsCutOffAfterOneLease() {
        var hasty = new Lease(engine, Duration.ofSeconds(3));
        var term = now(hasty.hold()).orElseThrow();
        hasty.guarded(term, connection -> Uni.createFrom().nothing())
                .subscribe()
                .with(never -> {}, cutOff -> {});

        await().untilAsserted(() -> assertThat(now(second.hold())).isPresent());
    }

    @Test
    void aTransactionThatDoesNotEndDoesNotKeepTheLease() {
        var hasty = new Lease(engine, Duration.ofSeconds(3));
        var term = now(hasty.hold()).orElseThrow();
        hasty.guarded(
                        term,
                        connection -> connection.query("select pg_sleep(60)").execute())
                .subscribe()
                .with(never -> {}, cutOff -> {});

        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(now(second.hold())).isPresent());
    }

    private void runOut() {
        sql("update lease set until = now() - interval '1 second'");
    }

    private void sql(String statement) {
        now(engine.query(statement).execute());
    }

    private static <T> T now(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(60));
    }
}
