package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.crash.PriceServer;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.unit.Asset;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From prices of real servers to rows of a real database, tick by tick. */
@QuarkusTest
@TestProfile(WatchProfile.class)
class WatchTest {
    private static final Duration TICK = Duration.ofSeconds(10);

    @Inject
    HandClock clock;

    @Inject
    Replica.Maker replicas;

    @Inject
    Replica.Stores stores;

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Inject
    LatestMarket latest;

    private PriceServer prices;
    private Replica replica;
    private Borrower ada;

    @BeforeEach
    void adaBorrows() throws IOException {
        rows("delete from account");
        rows("delete from snapshot");
        clock.advance(Duration.ofHours(2)); // what a source did not know in an earlier test is asked for again
        rows("update lease set holder = 'nobody', until = '-infinity', judged_until = null");
        prices = new PriceServer(WatchProfile.PORT, clock);
        prices.set("ETH", "3000");
        prices.set("USDC", "1");
        replica = replicas.make();
        ada = Borrower.signsUp().withoutRules();
    }

    @AfterEach
    void close() {
        replica.release();
        prices.close();
    }

    @Test
    void firesOnceWhenThePriceCrossesAndResolvesWhenItComesBack() {
        ada.rulesHealthFactor("1.10", "1.12");
        ada.borrows("2000");
        replica.tick();

        prices.set("ETH", "2700");
        replica.tickAfter(TICK);
        replica.tickAfter(TICK);
        prices.set("ETH", "3000");
        replica.tickAfter(TICK);

        assertThat(timeline()).containsExactly("1 alert.firing crossed", "2 alert.resolved recovered");
        assertThat(notices()).containsExactly("alert.firing", "alert.resolved");
    }

    @Test
    void aTickRecordsTheMinuteThatIsOverAndAStartReadsItBack() {
        rows("delete from price");
        replica.tick();
        replica.tickAfter(Duration.ofMinutes(1));
        var recorded = rows("select close_usd::text from price where asset = 'ETH' order by at desc limit 1");
        rows("update price set highest_high_usd = 4000 where asset = 'ETH' and close_usd > 0");
        replica.release();
        var other = replicas.make();

        other.tick();
        other.release();

        assertThat(recorded).containsExactly("3000");
        assertThat(latest.trail().within(new Asset("ETH"), clock.instant(), Duration.ofHours(2)))
                .hasValueSatisfying(
                        extremes -> assertThat(extremes.highestHigh()).isEqualByComparingTo("4000"));
    }

    @Test
    void theBookIsLoadedToItsEndThoughTheTickThatBeganItIsOver() {
        ada.borrows("2000");
        var memory = new Memory();
        var keeper = new BookKeeper(
                new ChangeFeed(engine, Duration.ofHours(1)),
                stores.positions(),
                stores.rules(),
                stores.alerts(),
                stores.wishes(),
                memory);

        keeper.follow().subscribe().asCompletionStage().cancel(true);

        await().until(() -> memory.book().census().positions() == 1);
    }

    @Test
    void aTickOverNothingChangedLooksAtNothing() {
        ada.rulesHealthFactor("1.10", "1.12");
        ada.borrows("2000");
        replica.tick();

        var report = replica.tickAfter(TICK);

        assertThat(report.positions()).isEqualTo(1);
        assertThat(report.selected()).isZero();
    }

    @Test
    void aTakeOverSendsNothingAndGoesOnWhereTheOtherStopped() {
        ada.rulesHealthFactor("1.10", "1.12");
        ada.borrows("2200");
        replica.tick();
        replica.release();
        var other = replicas.make();

        other.tickAfter(TICK);
        prices.set("ETH", "3300");
        other.tickAfter(TICK);
        other.release();

        assertThat(timeline()).containsExactly("1 alert.firing crossed", "2 alert.resolved recovered");
    }

    @Test
    void whoTakesTheWatchBackRepeatsWhatTheOtherFired() {
        ada.rulesHealthFactor("1.10", "1.30", "PT1M");
        ada.borrows("2000");
        replica.tick(); // 1.20 and quiet, as far as this one knows
        replica.release();
        var other = replicas.make();
        prices.set("ETH", "2700");
        other.tickAfter(TICK);
        other.release();

        prices.set("ETH", "3000");
        IntStream.range(0, 7).forEach(tick -> replica.tickAfter(TICK));

        assertThat(timeline()).containsExactly("1 alert.firing crossed", "2 alert.repeated repeated");
    }

    @Test
    void twoWatchesMakeOneRowPerEpisode() {
        var other = replicas.make();
        ada.rulesHealthFactor("1.10", "1.12");
        ada.borrows("2200");

        IntStream.range(0, 3).forEach(wave -> {
            replica.tickAfter(TICK);
            other.tickAfter(TICK);
            prices.set("ETH", wave % 2 == 0 ? "3300" : "3000");
            replica.release();
            other.tickAfter(TICK);
            replica.tickAfter(TICK);
            other.release();
        });

        assertThat(rows("select episode::text from alert order by episode")).containsExactly("1", "2");
    }

    @Test
    void aWatchPausedBeyondItsLeaseCommitsNothing() {
        ada.rulesHealthFactor("1.10", "1.12");
        ada.borrows("2000");
        replica.tick();
        rows("update lease set until = now() - interval '1 second'");
        var other = replicas.make();
        other.tick();

        prices.set("ETH", "2700");
        var late = replica.tickAfter(TICK);

        assertThat(late.held()).isFalse();
        assertThat(timeline()).isEmpty();
        other.release();
    }

    @Test
    void anAlertWrittenBehindItsBackIsReadAgain() {
        ada.rulesHealthFactor("1.10", "1.12");
        ada.borrows("2200");
        replica.tick();
        rows("update alert set version = version + 1, sequence = sequence + 1, acknowledged_at = now()");

        prices.set("ETH", "3300");
        var lost = replica.tickAfter(TICK);
        var made = replica.tickAfter(TICK);

        assertThat(lost.stale()).isEqualTo(1);
        assertThat(made.transitions()).singleElement().extracting("sequence").isEqualTo(3);
    }

    @Test
    void deletingTheRuleResolvesItsAlert() {
        var rule = ada.rulesHealthFactor("1.10", "1.12");
        ada.borrows("2200");
        replica.tick();

        ada.deletesRule(rule);
        replica.tickAfter(TICK);

        assertThat(timeline()).containsExactly("1 alert.firing crossed", "2 alert.resolved rule-deleted");
    }

    @Test
    void deletingThePositionResolvesItsAlert() {
        ada.rulesHealthFactor("1.10", "1.12");
        var position = ada.borrows("2200");
        replica.tick();

        ada.deletesPosition(position);
        replica.tickAfter(TICK);

        assertThat(timeline()).containsExactly("1 alert.firing crossed", "2 alert.resolved position-deleted");
    }

    @Test
    void withAllSourcesDownNothingResolvesAndBlindnessIsToldOnceAndThenTheAllClear() {
        ada.rulesHealthFactor("1.10", "1.12");
        ada.rulesBlind("PT1M");
        ada.borrows("2200");
        ada.borrows("1000");
        replica.tick();

        prices.down(true);
        IntStream.range(0, 15).forEach(tick -> replica.tickAfter(TICK));
        var blind = timeline();
        prices.down(false);
        IntStream.range(0, 8).forEach(tick -> replica.tickAfter(TICK));

        assertThat(blind).containsExactly("1 alert.firing crossed", "1 alert.firing crossed");
        assertThat(timeline())
                .containsExactly("1 alert.firing crossed", "1 alert.firing crossed", "2 alert.resolved recovered");
        assertThat(rows("select subject from alert where state = 'resolved'")).containsExactly("account:prices");
    }

    /** Bounded, but on both sides of the limit: the rule neither fires nor resolves, so its owner must hear that. */
    @Test
    void sourcesThatDisagreeAcrossALimitAreBlindnessToo() {
        ada.rulesHealthFactor("1.10", "1.12");
        ada.rulesBlind("PT1M");
        ada.borrows("2000");
        replica.tick();

        prices.set("coinbase", "ETH", "2100");
        IntStream.range(0, 10).forEach(tick -> replica.tickAfter(TICK));

        assertThat(timeline()).containsExactly("1 alert.firing crossed");
        assertThat(rows("select subject from alert")).containsExactly("account:sources/ETH");
    }

    @Test
    void blindnessOutlivesARestart() {
        ada.rulesBlind("PT1M");
        ada.borrows("2000");
        replica.tick();
        prices.down(true);
        await().until(() -> replica.tickAfter(TICK).unseen() == 1); // no quote is fresh any more
        IntStream.range(0, 4).forEach(tick -> replica.tickAfter(TICK));
        var before = timeline();
        replica.release();
        var other = replicas.make();

        IntStream.range(0, 3).forEach(tick -> other.tickAfter(TICK)); // 70 s blind, 20 s of them after the restart
        other.release();

        assertThat(before).isEmpty();
        assertThat(timeline()).containsExactly("1 alert.firing crossed");
    }

    @Test
    void aGapOfMoreThanFiveMinutesIsToldOncePerAccount() {
        ada.rulesHealthFactor("1.10", "1.12");
        ada.borrows("2000");
        Borrower.signsUp(); // owes nothing
        replica.tick();
        replica.release();
        var other = replicas.make();

        other.tickAfter(Duration.ofMinutes(39));
        other.tickAfter(TICK);
        other.release();

        assertThat(notices()).containsExactly("sight.regained");
    }

    @Test
    void aGapIsToldOnceThoughNobodyHeardThatItWasCommitted() {
        ada.borrows("2000");
        replica.tick();
        var before = replica.memory().continuity();
        replica.tickAfter(Duration.ofMinutes(39));

        replica.memory().continuity(before); // as after a commit whose answer was lost
        replica.tickAfter(TICK);

        assertThat(notices()).containsExactly("sight.regained");
    }

    @Test
    void aMinuteWithoutAnyWatchDoesNotStartThePatienceWithBlindnessAnew() {
        ada.rulesBlind("PT5M");
        ada.borrows("2000");
        replica.tick();
        prices.down(true);
        await().until(() -> replica.tickAfter(TICK).unseen() == 1); // no quote is fresh any more
        replica.release();
        var other = replicas.make();

        IntStream.range(0, 5)
                .forEach(crash -> other.tickAfter(Duration.ofMinutes(1).plusSeconds(1)));
        other.release();

        assertThat(timeline()).containsExactly("1 alert.firing crossed");
    }

    @Test
    void anAccountDeletedInTheMiddleOfATickIsNoError() {
        var errors = new ArrayList<String>();
        var handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                errors.add(line.getLevel() + " " + line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        var log = Logger.getLogger(Commit.class.getName());
        ada.rulesHealthFactor("1.10", "1.12");
        ada.borrows("2000");
        replica.tick();
        rows("delete from account");
        rows("delete from change"); // so that the watch does not learn of it

        prices.set("ETH", "2700");
        log.addHandler(handler);
        replica.tickAfter(TICK);
        log.removeHandler(handler);

        assertThat(errors).singleElement().asString().startsWith("INFO").contains("its account is gone");
    }

    @Test
    void aLevelThatIsOffIsNotBlindBetweenItsLimitAndItsClearingValue() {
        ada.creates("/rules", """
                {"name":"low","watches":"all","condition":{"type":"health-factor"},
                 "levels":[{"severity":"warning","below":"1.30","hold":"PT0S","repeatEvery":"PT24H"},
                           {"severity":"critical","below":"1.10","clearAbove":"1.20","hold":"PT0S","repeatEvery":"PT24H"}]}""");
        ada.rulesBlind("PT1M");
        ada.borrows("2000");
        replica.tick();

        prices.set("kraken", "ETH", "2900"); // 1.16 there, 1.20 elsewhere: critical at neither
        IntStream.range(0, 9).forEach(tick -> replica.tickAfter(TICK));

        assertThat(timeline()).containsExactly("1 alert.firing crossed");
    }

    @Test
    void aShortRestartIsNotTold() {
        ada.borrows("2000");
        replica.tick();
        replica.release();
        var other = replicas.make();

        other.tickAfter(Duration.ofMinutes(4));
        other.release();

        assertThat(notices()).isEmpty();
    }

    @Test
    void anAcknowledgedAlertIsNotRepeated() {
        ada.rulesHealthFactor("1.10", "1.12", "PT1M");
        ada.borrows("2200");
        replica.tick();
        ada.acknowledges(rows("select id::text from alert").getFirst());

        IntStream.range(0, 12).forEach(tick -> replica.tickAfter(TICK));

        assertThat(timeline()).containsExactly("1 alert.firing crossed", "2 alert.acknowledged acknowledged");
    }

    @Test
    void whatIsNotAcknowledgedIsRepeated() {
        ada.rulesHealthFactor("1.10", "1.12", "PT1M");
        ada.borrows("2200");
        replica.tick();

        IntStream.range(0, 7).forEach(tick -> replica.tickAfter(TICK));

        assertThat(timeline()).containsExactly("1 alert.firing crossed", "2 alert.repeated repeated");
    }

    @Test
    void aDecisionTheDatabaseRefusesDoesNotHoldUpTheOthers() {
        var gone = Borrower.signsUp().withoutRules();
        gone.rulesHealthFactor("1.10", "1.12");
        gone.borrows("2000");
        ada.rulesHealthFactor("1.10", "1.12");
        ada.borrows("2000");
        replica.tick();
        rows("delete from account where id = '" + gone.account() + "'");
        rows("delete from change"); // so that the watch does not learn of it

        prices.set("ETH", "2700");
        replica.tickAfter(TICK);

        assertThat(timeline()).containsExactly("1 alert.firing crossed");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatThisReleaseCannotReadIsLeftOutAndEverythingElseIsWatched(boolean restarts) {
        ada.borrows("2200");
        ada.rulesHealthFactor("1.10", "1.12");
        replica.tick();
        rows("update rule set condition = '{\"type\":\"tide\"}'");
        rows("update account set timezone = 'XYZ5'"); // PostgreSQL knows it
        var bea = Borrower.signsUp().withoutRules();
        bea.rulesHealthFactor("1.10", "1.12");
        bea.borrows("2200");
        if (restarts) {
            replica.release();
            replica = replicas.make();
        }

        replica.tickAfter(TICK);
        replica.tickAfter(TICK);

        assertThat(timeline()).containsExactly("1 alert.firing crossed", "1 alert.firing crossed");
        assertThat(stores.rules().leftOut()).hasSize(1);
    }

    @Test
    void anAlertOfARuleThatCouldNotBeReadGoesOnWhenItCan() {
        ada.borrows("2200");
        ada.rulesHealthFactor("1.10", "1.12");
        replica.tick();
        var condition = rows("select condition::text from rule").getFirst();
        rows("update rule set condition = '{\"type\":\"tide\"}'");
        replica.tickAfter(TICK);

        rows("update rule set condition = '" + condition + "'");
        prices.set("ETH", "3300");
        replica.tickAfter(TICK);

        assertThat(timeline()).containsExactly("1 alert.firing crossed", "2 alert.resolved recovered");
        assertThat(stores.rules().leftOut()).isEmpty();
    }

    @Test
    void whatACommitWroteThatWasNotAnsweredIsResolvedWhenItIsOver() {
        var connection = new FlakyConnection(engine);
        var unheard = replicas.make(connection);
        ada.rulesHealthFactor("1.10", "1.12");
        ada.borrows("2000");
        unheard.tick();
        prices.set("ETH", "2700");
        connection.losesAnswers(true);
        assertThatThrownBy(() -> unheard.tickAfter(TICK)).hasStackTraceContaining("connection closed");

        connection.losesAnswers(false);
        prices.set("ETH", "3000");
        unheard.tickAfter(TICK);
        unheard.release();

        assertThat(timeline()).containsExactly("1 alert.firing crossed", "2 alert.resolved recovered");
    }

    /** The database commits, but its answer does not come through. */
    private static final class FlakyConnection extends Lease {
        private boolean loses;

        FlakyConnection(Pool engine) {
            super(engine, Duration.ofSeconds(15));
        }

        void losesAnswers(boolean so) {
            loses = so;
        }

        @Override
        <T> Uni<T> guarded(Term term, Function<SqlConnection, Uni<T>> work) {
            var answered = super.guarded(term, work);
            return loses
                    ? answered.chain(lost -> Uni.createFrom().failure(new IOException("connection closed")))
                    : answered;
        }
    }

    private List<String> timeline() {
        return rows("select sequence || ' ' || type || ' ' || reason from transition order by at, sequence");
    }

    private List<String> notices() {
        return rows("select type from notice order by at, sequence");
    }

    private List<String> rows(String sql) {
        return engine.query(sql).execute().await().atMost(Duration.ofSeconds(60)).stream()
                .map(WatchTest::first)
                .toList();
    }

    private static String first(Row row) {
        return row.getString(0);
    }
}
