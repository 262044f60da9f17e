package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.crash.PriceServer;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What an owner hears of one alert, from prices of real servers to the timeline, with a restart in the middle of each: a
 * watch that knows only what is in the database.
 */
@QuarkusTest
@TestProfile(WatchProfile.class)
class AlertLifeScenariosTest {
    private static final Duration TICK = Duration.ofSeconds(10);
    private static final String FIRED = "1 alert.firing crossed warning";

    @Inject
    HandClock clock;

    @Inject
    Replica.Maker replicas;

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    private PriceServer prices;
    private Replica replica;
    private Borrower ada;
    private String channel;

    @BeforeEach
    void adaBorrows() throws IOException {
        rows("delete from account");
        rows("delete from snapshot");
        rows("delete from price");
        clock.advance(Duration.ofHours(2)); // what a source did not know in an earlier test is asked for again
        rows("update lease set holder = 'nobody', until = '-infinity', judged_until = null");
        prices = new PriceServer(WatchProfile.PORT, clock);
        prices.set("ETH", "4000");
        prices.set("USDC", "1");
        replica = replicas.make();
        ada = Borrower.signsUp().withoutRules();
        channel =
                ada.creates("/channels", "{\"kind\":\"webhook\",\"name\":\"partner\",\"url\":\"http://127.0.0.1:9/\"}");
        rows("update channel set state = 'active'");
        ada.borrows("2000");
    }

    @AfterEach
    void close() {
        replica.release();
        prices.close();
    }

    /** Below 1.30 a warning, below 1.05 critical, at once; clear after five minutes. */
    private void rules(String more) {
        ada.creates("/rules", """
                {"name":"low","watches":"all","condition":{"type":"health-factor"},%s
                 "levels":[{"severity":"warning","below":"1.30","clearAbove":"1.32","hold":"PT0S","clearHold":"PT5M","repeatEvery":"PT4H"},
                           {"severity":"critical","below":"1.05","clearAbove":"1.07","hold":"PT0S","clearHold":"PT5M","repeatEvery":"PT15M"}]}""".formatted(more));
    }

    @Test
    void whatNobodyTakesUpClimbsTheLadderOnceThoughTheWatchRestarts() {
        rules("\"escalation\":[{\"after\":\"PT5M\",\"channels\":[\"%s\"]},{\"after\":\"PT10M\",\"channels\":[\"%s\"]}],"
                .formatted(channel, channel));
        falls("3000");

        replica.tickAfter(Duration.ofMinutes(4));
        restart();
        passes(Duration.ofSeconds(70));
        restart();
        passes(Duration.ofMinutes(4));
        restart();
        passes(Duration.ofMinutes(3));

        assertThat(timeline())
                .containsExactly(FIRED, "2 alert.escalated escalated warning", "3 alert.escalated escalated warning");
        assertThat(rows("select detail ->> 'step' from transition where type = 'alert.escalated' order by sequence"))
                .containsExactly("1", "2");
    }

    @Test
    void anAcknowledgedCriticalAlertComesBackAfterHalfAnHourThoughTheWatchRestarts() {
        rules("");
        falls("2600"); // 1.04

        ada.acknowledges(alert());
        waits(Duration.ofMinutes(20));
        restart();
        waits(Duration.ofMinutes(9));
        var before = timeline();
        restart();
        passes(Duration.ofMinutes(2));

        assertThat(before)
                .containsExactly("1 alert.firing crossed critical", "2 alert.acknowledged acknowledged critical");
        assertThat(timeline())
                .containsExactly(
                        "1 alert.firing crossed critical",
                        "2 alert.acknowledged acknowledged critical",
                        "3 alert.repeated acknowledgement-expired critical");
        assertThat(ada.reads("/alerts/" + alert()).getString("acknowledgedAt")).isNull();
    }

    @Test
    void anAcknowledgedWarningThatBecomesCriticalIsToldAtOnceThoughTheWatchRestarts() {
        rules("");
        falls("3000");
        ada.acknowledges(alert());
        replica.tickAfter(TICK);

        restart();
        prices.set("ETH", "2600");
        replica.tickAfter(TICK);
        restart();
        replica.tickAfter(TICK);

        assertThat(timeline())
                .containsExactly(
                        FIRED, "2 alert.acknowledged acknowledged warning", "3 alert.worsened crossed critical");
    }

    @Test
    void aSnoozeEndsOnTimeThoughTheWatchRestarts() {
        rules("");
        falls("3000");

        ada.snoozes(alert(), "PT1H");
        waits(Duration.ofMinutes(50));
        restart();
        waits(Duration.ofMinutes(9));
        var before = timeline();
        restart();
        passes(Duration.ofMinutes(2));

        assertThat(before).containsExactly(FIRED, "2 alert.snoozed snoozed warning");
        assertThat(timeline())
                .containsExactly(FIRED, "2 alert.snoozed snoozed warning", "3 alert.repeated snooze-over warning");
        assertThat(ada.reads("/alerts/" + alert()).getString("snoozedUntil")).isNull();
    }

    @Test
    void aCriticalAlertCannotBeSnoozedForLongerThanHalfAnHour() {
        rules("");
        falls("2600");
        var now = clock.instant();

        ada.snoozes(alert(), "PT8H");

        assertThat(ada.reads("/alerts/" + alert()).getString("snoozedUntil"))
                .isEqualTo(now.plus(Duration.ofMinutes(30)).toString());
    }

    @Test
    void aLiquidationThatIsPossibleBreaksThroughASnooze() {
        rules("");
        falls("2600");
        ada.snoozes(alert(), "PT20M");
        replica.tickAfter(TICK);

        restart();
        prices.set("ETH", "2490"); // 0.996
        replica.tickAfter(TICK);

        assertThat(timeline())
                .containsExactly(
                        "1 alert.firing crossed critical",
                        "2 alert.snoozed snoozed critical",
                        "3 alert.worsened liquidatable critical");
    }

    @Test
    void itGoesUpALevelAndDownAgainAndIsResolvedOnceThoughTheWatchRestarts() {
        rules("");
        falls("3000");
        restart();
        prices.set("ETH", "2600");
        replica.tickAfter(TICK);
        restart();
        prices.set("ETH", "3000");
        passes(Duration.ofMinutes(6));
        restart();
        prices.set("ETH", "4000");
        passes(Duration.ofMinutes(3));
        restart();
        passes(Duration.ofMinutes(4));

        assertThat(timeline())
                .containsExactly(
                        FIRED,
                        "2 alert.worsened crossed critical",
                        "3 alert.eased eased warning",
                        "4 alert.resolved recovered warning");
        var alert = ada.reads("/alerts/" + alert());
        assertThat(alert.getString("worst")).isEqualTo("1.04");
        assertThat(Duration.parse(alert.getString("duration"))).isGreaterThan(Duration.ofMinutes(11));
        assertThat(alert.getBoolean("mayBeLiquidated")).isFalse();
    }

    @Test
    void aLoanThatWasBelowOneIsNoGoodNewsWhenItIsBackThoughTheWatchRestarts() {
        rules("");
        falls("2600");
        prices.set("ETH", "2450"); // 0.98
        replica.tickAfter(TICK);
        restart();
        prices.set("ETH", "4000");
        passes(Duration.ofMinutes(2));
        restart();
        passes(Duration.ofMinutes(4));

        assertThat(timeline())
                .containsExactly(
                        "1 alert.firing crossed critical",
                        "2 alert.worsened liquidatable critical",
                        "3 alert.resolved maybe-liquidated critical");
        assertThat(ada.reads("/alerts/" + alert()).getBoolean("mayBeLiquidated"))
                .isTrue();
    }

    @Test
    void aSecondFallWithinTheRepeatIntervalIsToldAtTheNextTick() {
        rules("");
        falls("3000");
        prices.set("ETH", "4000");
        passes(Duration.ofMinutes(6));
        restart();

        prices.set("ETH", "3000");
        replica.tickAfter(TICK);

        assertThat(timeline()).containsExactly(FIRED, "2 alert.resolved recovered warning", FIRED);
    }

    @Test
    void whatIsToldAgainAfterAnHourWithoutPricesSaysSo() {
        rules("");
        falls("2600");
        prices.down(true);
        waits(Duration.ofMinutes(40));
        var before = timeline();
        prices.down(false);
        passes(Duration.ofMinutes(2));

        assertThat(before).containsExactly("1 alert.firing crossed critical");
        assertThat(timeline())
                .containsExactly("1 alert.firing crossed critical", "2 alert.repeated sight-regained critical");
    }

    private void falls(String price) {
        replica.tick();
        prices.set("ETH", price);
        replica.tickAfter(TICK);
    }

    /** Ticks no farther apart than three intervals, so that holds go on. */
    private void passes(Duration time) {
        passes(time, Duration.ofSeconds(29));
    }

    /** Ticks as far apart as may be without being told. */
    private void waits(Duration time) {
        passes(time, Duration.ofMinutes(4));
    }

    private void passes(Duration time, Duration pause) {
        var until = clock.instant().plus(time);
        while (clock.instant().isBefore(until)) {
            var left = Duration.between(clock.instant(), until);
            replica.tickAfter(left.compareTo(pause) < 0 ? left : pause);
        }
    }

    private void restart() {
        replica.release();
        replica = replicas.make();
    }

    private String alert() {
        return rows("select id::text from alert where position_id is not null order by episode desc limit 1")
                .getFirst();
    }

    private List<String> timeline() {
        return rows("""
                select t.sequence || ' ' || t.type || ' ' || t.reason || ' ' || t.severity
                from transition t
                join alert a on a.id = t.alert_id
                where a.position_id is not null
                order by a.episode, t.sequence""");
    }

    private List<String> rows(String sql) {
        return engine.query(sql).execute().await().atMost(Duration.ofSeconds(60)).stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
