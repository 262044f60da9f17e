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
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who hears of what, and when: from prices of real servers to the outbox, with a restart in the middle. */
@QuarkusTest
@TestProfile(WatchProfile.class)
class RoutingScenariosTest {
    private static final Duration TICK = Duration.ofSeconds(10);

    /** Below 1.30 a warning, below 1.05 critical; told again after 4 hours. */
    private static final String LEVELS = """
            "condition":{"type":"health-factor"},
            "levels":[{"severity":"warning","below":"1.30","clearAbove":"1.32","hold":"PT0S","clearHold":"PT0S","repeatEvery":"PT4H"},
                      {"severity":"critical","below":"1.05","clearAbove":"1.07","hold":"PT0S","clearHold":"PT0S","repeatEvery":"PT4H"}]""";

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
        ada.creates("/channels", "{\"kind\":\"webhook\",\"name\":\"ops\",\"url\":\"http://127.0.0.1:9/\"}");
        rows("update channel set state = 'active'");
    }

    @AfterEach
    void close() {
        replica.release();
        prices.close();
    }

    @Test
    void whatFiresUnderASilenceIsToldOnceWhenItIsOver() {
        ada.creates("/rules", "{\"name\":\"low\"," + LEVELS + "}");
        ada.borrows("2000");
        replica.tick();
        silence("PT1H", "");

        prices.set("ETH", "3000");
        replica.tickAfter(TICK);
        var silenced = ada.reads("/alerts").getBoolean("items[0].silenced");
        restart();
        replica.tickAfter(Duration.ofMinutes(30));
        var before = told();
        replica.tickAfter(Duration.ofMinutes(30));
        restart();
        replica.tickAfter(TICK);

        assertThat(silenced).isTrue();
        assertThat(before).containsExactly("suppressed alert.firing crossed: silenced: we move house");
        assertThat(told())
                .containsExactly(
                        "suppressed alert.firing crossed: silenced: we move house",
                        "pending alert.repeated silence-over");
        assertThat(ada.reads("/alerts").getBoolean("items[0].silenced")).isFalse();
    }

    @Test
    void aSilenceThatIsDeletedIsOverAtTheNextTick() {
        ada.creates("/rules", "{\"name\":\"low\"," + LEVELS + "}");
        ada.borrows("2000");
        replica.tick();
        var silence = silence("PT1H", "");
        prices.set("ETH", "3000");
        replica.tickAfter(TICK);

        ada.deletes("/silences/" + silence);
        replica.tickAfter(TICK);
        replica.tickAfter(TICK);

        assertThat(told())
                .containsExactly(
                        "suppressed alert.firing crossed: silenced: we move house",
                        "pending alert.repeated silence-over");
    }

    @Test
    void whatIsOverBeforeTheSilenceStaysQuiet() {
        ada.creates("/rules", "{\"name\":\"low\"," + LEVELS + "}");
        ada.borrows("2000");
        replica.tick();
        silence("PT1H", "");
        prices.set("ETH", "3000");
        replica.tickAfter(TICK);

        restart();
        prices.set("ETH", "4000");
        replica.tickAfter(TICK);
        replica.tickAfter(Duration.ofHours(1));

        assertThat(told())
                .containsExactly(
                        "suppressed alert.firing crossed: silenced: we move house",
                        "suppressed alert.resolved recovered: silenced: we move house");
    }

    @Test
    void whatWasToldBeforeTheSilenceAndGetsNoWorseIsNotToldAgainWhenItIsOver() {
        ada.creates("/rules", "{\"name\":\"low\"," + LEVELS + "}");
        ada.borrows("2000");
        prices.set("ETH", "3000");
        replica.tick();

        silence("PT1H", "");
        replica.tickAfter(TICK);
        var silenced = ada.reads("/alerts").getBoolean("items[0].silenced");
        replica.tickAfter(Duration.ofHours(1));

        assertThat(silenced).isTrue();
        assertThat(ada.reads("/alerts").getBoolean("items[0].silenced")).isFalse();
        assertThat(told()).containsExactly("pending alert.firing crossed");
    }

    @Test
    void thatAPositionIsLiquidatableBreaksThroughASilence() {
        ada.creates("/rules", "{\"name\":\"low\"," + LEVELS + "}");
        ada.borrows("2000");
        replica.tick();
        silence("PT1H", "");
        prices.set("ETH", "3000");
        replica.tickAfter(TICK);
        restart();

        prices.set("ETH", "2490"); // health factor 0.996
        replica.tickAfter(TICK);
        prices.set("ETH", "4000");
        replica.tickAfter(TICK);

        assertThat(told())
                .containsExactly(
                        "suppressed alert.firing crossed: silenced: we move house",
                        "superseded alert.worsened crossed: replaced by a newer message of this alert",
                        "pending alert.resolved maybe-liquidated");
    }

    @Test
    void aSilenceMayCoverEvenThat() {
        ada.creates("/rules", "{\"name\":\"low\"," + LEVELS + "}");
        ada.borrows("2000");
        replica.tick();
        silence("PT1H", ",\"evenLiquidatable\":true");

        prices.set("ETH", "2490");
        replica.tickAfter(TICK);

        assertThat(told()).containsExactly("suppressed alert.firing crossed: silenced: we move house");
    }

    @Test
    void whatItsOwnerAcknowledgedUnderASilenceIsNotToldAgainWhenTheSilenceIsOver() {
        ada.creates("/rules", "{\"name\":\"low\"," + LEVELS + "}");
        ada.borrows("2000");
        replica.tick();
        silence("PT1H", "");
        prices.set("ETH", "3000");
        replica.tickAfter(TICK);

        ada.acknowledges(ada.reads("/alerts").getString("items[0].id"));
        restart();
        replica.tickAfter(Duration.ofHours(1));
        replica.tickAfter(Duration.ofHours(7));

        assertThat(told())
                .containsExactly(
                        "suppressed alert.firing crossed: silenced: we move house",
                        "superseded alert.acknowledged acknowledged: replaced by a newer message of this alert",
                        "pending alert.repeated acknowledgement-expired");
    }

    @Test
    void thatAPositionMayHaveBeenLiquidatedIsToldThoughTheRuleTellsOfNoEnd() {
        ada.creates("/rules", "{\"name\":\"low\",\"notifyResolved\":false," + LEVELS + "}");
        ada.borrows("2000");
        prices.set("ETH", "2490"); // health factor 0.996
        replica.tick();
        delivered();

        prices.set("ETH", "4000");
        replica.tickAfter(TICK);

        assertThat(told()).containsExactly("delivered alert.firing crossed", "pending alert.resolved maybe-liquidated");
    }

    @Test
    void whoeverHeardOfAnAlertHearsThatItIsOver() {
        var pager =
                ada.creates("/channels", "{\"kind\":\"webhook\",\"name\":\"pager\",\"url\":\"http://127.0.0.1:9/\"}");
        var ops = rows("select id::text from channel where name = 'ops'").getFirst();
        rows("update channel set state = 'active'");
        ada.creates("/rules", """
                {"name":"low","condition":{"type":"health-factor"},
                 "levels":[{"severity":"warning","below":"1.30","clearAbove":"1.32","hold":"PT0S","clearHold":"PT0S","channels":["%s"]},
                           {"severity":"critical","below":"1.05","clearAbove":"1.07","hold":"PT0S","clearHold":"PT0S","channels":["%s"]}]}""".formatted(ops, pager));
        ada.borrows("2000");
        prices.set("ETH", "2600"); // 1.04
        replica.tick();
        delivered();
        prices.set("ETH", "3000");
        replica.tickAfter(TICK);

        restart();
        prices.set("ETH", "4000");
        replica.tickAfter(TICK);

        assertThat(rows("""
                        select n.type || ' to ' || c.name
                        from delivery d
                        join notice n on n.id = d.notice_id
                        join channel c on c.id = d.channel_id
                        order by n.sequence, c.name"""))
                .containsExactly("alert.firing to pager", "alert.resolved to ops", "alert.resolved to pager");
    }

    /** From 23:00 in the evening before a change of clocks until 07:00. */
    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, true, 07:00:00",
        "Europe/Berlin, false, 09:00:00",
        "America/New_York, true, 07:00:00",
        "America/New_York, false, 09:00:00"
    })
    void aWarningInTheNightOfAChangeOfClocksWaitsUntilSevenByTheClockOnTheWall(
            ZoneId zone, boolean forward, String hold) {
        ada.livesIn(zone);
        ada.creates("/rules", "{\"name\":\"low\",\"quietHours\":{\"from\":\"22:00\",\"to\":\"07:00\"}," + LEVELS + "}");
        ada.borrows("2000");
        clock.set(eveningBefore(zone, forward));
        replica.tick();

        prices.set("ETH", "3000");
        replica.tick();
        restart();
        replica.tickAfter(TICK);

        assertThat(told()).containsExactly("pending alert.firing crossed, held " + hold);
        assertThat(rows("select (q.due_at = n.not_before)::text from queue q join delivery d on d.id = q.delivery_id"
                        + " join notice n on n.id = d.notice_id"))
                .containsExactly("true");
    }

    @Test
    void aHeldWarningGoesOutAtOnceWhenTheDistanceHalves() {
        inTheNight();
        prices.set("ETH", "3000"); // 1.20: 16.7 % away
        replica.tick();
        restart();

        prices.set("ETH", "2720"); // 1.088: 8.1 %
        replica.tickAfter(TICK);

        assertThat(told())
                .containsExactly(
                        "superseded alert.firing crossed, held 08:00:00: replaced by a newer message of this alert",
                        "pending alert.worsened worsened");
        assertThat(rows("select d.replaced ->> 0 from delivery d where d.state = 'pending'"))
                .singleElement()
                .asString()
                .contains("alert.firing");
    }

    @Test
    void whatBecomesCriticalInTheNightGoesOutAtOnce() {
        inTheNight();
        prices.set("ETH", "3200"); // 1.28
        replica.tick();
        restart();

        prices.set("ETH", "2610"); // 1.044
        replica.tickAfter(TICK);

        assertThat(told())
                .containsExactly(
                        "superseded alert.firing crossed, held 08:00:00: replaced by a newer message of this alert",
                        "pending alert.worsened crossed");
    }

    @Test
    void whatIsOverBeforeTheMorningIsOneMessageInTheMorning() {
        inTheNight();
        prices.set("ETH", "3000");
        replica.tick();
        replica.tickAfter(Duration.ofHours(4)); // nobody judged meanwhile; told again, which adds nothing
        restart();

        prices.set("ETH", "4000");
        replica.tickAfter(TICK);

        assertThat(told())
                .containsExactly(
                        "superseded alert.firing crossed, held 08:00:00: replaced by a newer message of this alert",
                        "suppressed alert.repeated sight-regained, held 04:00:00:"
                                + " a more urgent message of this alert already waits for this channel",
                        "pending alert.resolved recovered, held 03:59:50");
    }

    @ParameterizedTest
    @ValueSource(strings = {"recovers", "is deleted", "loses its rule"})
    void nobodyHearsInTheMorningThatItBeganWhereItIsOverAndTheRuleTellsOfNoEnd(String loan) {
        var rule = inTheNight(",\"notifyResolved\":false");
        prices.set("ETH", "3000");
        replica.tick();
        restart();

        switch (loan) {
            case "recovers" -> prices.set("ETH", "4000");
            case "is deleted" ->
                ada.deletesPosition(rows("select id::text from position").getFirst());
            default -> ada.deletesRule(rule);
        }
        replica.tickAfter(TICK);

        assertThat(told())
                .satisfiesExactly(
                        first -> assertThat(first)
                                .isEqualTo("superseded alert.firing crossed, held 08:00:00:"
                                        + " replaced by a newer message of this alert"),
                        last -> assertThat(last)
                                .startsWith("suppressed alert.resolved ")
                                .endsWith(": the rule does not tell that it is over"));
        assertThat(rows("select delivery_id::text from queue")).isEmpty();
    }

    @Test
    void whatWaitsForTheSameMorningIsOneDigest() {
        ada.borrows("1900");
        inTheNight();
        prices.set("ETH", "3000");
        replica.tick();

        assertThat(rows("select distinct group_id::text from notice"))
                .hasSize(1)
                .doesNotContainNull();
        assertThat(rows("select id::text from notice")).hasSize(2);
        assertThat(rows("select group_id::text from delivery")).containsExactly(null, null); // webhooks never group
    }

    @Test
    void whatIsManyAtOnceIsAGroupAndWhatIsFewIsNot() {
        ada.creates("/rules", "{\"name\":\"low\"," + LEVELS + "}");
        IntStream.range(0, 3).forEach(loan -> ada.borrows("2000"));
        replica.tick();
        prices.set("ETH", "3000");
        replica.tickAfter(TICK);
        var few = rows("select distinct group_id::text from notice");
        restart();
        ada.borrows("2400");
        ada.borrows("2400");

        prices.set("ETH", "2600"); // 1.04, and 0.87 for the new ones
        replica.tickAfter(TICK);

        assertThat(few).containsExactly((String) null);
        assertThat(rows("select count(*) || ' ' || count(distinct group_id) from notice where group_id is not null"))
                .containsExactly("5 1");
        assertThat(rows("select count(*)::text from delivery where group_id is not null"))
                .containsExactly("0");
    }

    @Test
    void anUnbelievablePriceMutesWhatDerivesFromItUntilThatIsOver() {
        ada.creates("/rules", "{\"name\":\"low\"," + LEVELS + "}");
        ada.rulesBlind("PT1M");
        var divergence = ada.creates("/rules", """
                {"name":"venues","condition":{"type":"price-divergence","asset":"ETH"},
                 "levels":[{"severity":"warning","bps":"200","hold":"PT0S","repeatEvery":"PT24H"}]}""");
        ada.borrows("2500"); // 1.28 at two venues, 1.34 at the third
        replica.tick();

        prices.set("kraken", "ETH", "4200");
        IntStream.range(0, 8).forEach(tick -> replica.tickAfter(TICK));
        restart();
        replica.tickAfter(TICK);
        var muted = told();
        ada.deletesRule(divergence);
        replica.tickAfter(TICK);
        replica.tickAfter(TICK);

        assertThat(muted)
                .contains(
                        "suppressed alert.firing crossed: the rule 'venues' says that the price is not to be believed");
        assertThat(told())
                .filteredOn(line -> line.contains("inhibition-over"))
                .containsExactly("pending alert.repeated inhibition-over");
    }

    @Test
    void aWarningThatFiresAfterTheCriticalAlertOfItsPositionIsToldWhenThatIsOver() {
        var levels = """
                {"name":"%s","condition":{"type":"health-factor"},
                 "levels":[{"severity":"%s","below":"%s","hold":"%s","clearHold":"PT0S","repeatEvery":"PT24H"}]}""";
        ada.creates("/rules", levels.formatted("critical", "critical", "1.05", "PT0S"));
        ada.creates("/rules", levels.formatted("warning", "warning", "1.30", "PT20S"));
        ada.borrows("2000");
        replica.tick();

        prices.set("ETH", "2600"); // 1.04
        replica.tickAfter(TICK);
        replica.tickAfter(TICK);
        replica.tickAfter(TICK);
        restart();
        replica.tickAfter(TICK);
        var during = told();
        delivered();
        prices.set("ETH", "2800"); // 1.12
        replica.tickAfter(TICK);

        assertThat(during)
                .containsExactly(
                        "pending alert.firing crossed",
                        "suppressed alert.firing crossed: the rule 'critical' fires on the same position");
        assertThat(told())
                .filteredOn(line -> line.startsWith("pending"))
                .containsExactlyInAnyOrder(
                        "pending alert.resolved recovered", "pending alert.repeated inhibition-over");
    }

    @Test
    void whatNobodyTakesUpIsToldToThePartnerWhoThenHearsHowItGoesOn() {
        var partner =
                ada.creates("/channels", "{\"kind\":\"webhook\",\"name\":\"partner\",\"url\":\"http://127.0.0.1:9/\"}");
        var own = rows("select id::text from channel where name = 'ops'").getFirst();
        rows("update channel set state = 'active'");
        ada.creates("/rules", """
                {"name":"low","channels":["%s"],"escalation":[{"after":"PT5M","channels":["%s"]}],%s}""".formatted(own, partner, LEVELS));
        ada.borrows("2000");
        prices.set("ETH", "3000");
        replica.tick();
        delivered();

        replica.tickAfter(Duration.ofMinutes(3));
        restart();
        replica.tickAfter(Duration.ofMinutes(2));
        replica.tickAfter(TICK);
        delivered();
        prices.set("ETH", "4000");
        replica.tickAfter(TICK);

        assertThat(rows("""
                        select n.type || ' to ' || c.name
                        from delivery d
                        join notice n on n.id = d.notice_id
                        join channel c on c.id = d.channel_id
                        order by n.sequence, c.name"""))
                .containsExactly(
                        "alert.firing to ops",
                        "alert.escalated to partner",
                        "alert.resolved to ops",
                        "alert.resolved to partner");
    }

    /** What waits has arrived. */
    private void delivered() {
        rows("delete from queue");
        rows("update delivery set state = 'delivered', slot = null, done_at = now()");
    }

    private void inTheNight() {
        inTheNight("");
    }

    /** @return the id of the rule that is quiet at night */
    private String inTheNight(String more) {
        ada.livesIn(ZoneId.of("Asia/Tokyo")); // never changes its clocks
        var rule = ada.creates(
                "/rules",
                "{\"name\":\"low\",\"quietHours\":{\"from\":\"22:00\",\"to\":\"07:00\"}," + LEVELS + more + "}");
        ada.borrows("2000");
        var today = clock.instant().atZone(ZoneId.of("Asia/Tokyo")).toLocalDate();
        clock.set(
                today.plusDays(1).atTime(23, 0).atZone(ZoneId.of("Asia/Tokyo")).toInstant());
        replica.tick();
        return rule;
    }

    private Instant eveningBefore(ZoneId zone, boolean forward) {
        var change = zone.getRules().nextTransition(clock.instant().plus(Duration.ofDays(2)));
        while (change.isGap() != forward) {
            change = zone.getRules().nextTransition(change.getInstant());
        }
        return change.getInstant()
                .atZone(zone)
                .toLocalDate()
                .minusDays(1)
                .atTime(LocalTime.of(23, 0))
                .atZone(zone)
                .toInstant();
    }

    private String silence(String lasting, String more) {
        return ada.creates(
                "/silences",
                "{\"watches\":\"all\",\"until\":\"%s\",\"reason\":\"we move house\"%s}"
                        .formatted(clock.instant().plus(Duration.parse(lasting)), more));
    }

    private void restart() {
        replica.release();
        replica = replicas.make();
    }

    /** Each message: what became of it, what it is, how long it is held, and why nobody gets it. */
    private List<String> told() {
        return rows("""
                select d.state || ' ' || n.type || ' ' || t.reason
                       || coalesce(', held ' || (n.not_before - n.created_at)::text, '') || coalesce(': ' || d.reason, '')
                from delivery d
                join notice n on n.id = d.notice_id
                join transition t on t.alert_id = n.alert_id and t.sequence = n.sequence
                order by n.at, n.sequence, n.id""");
    }

    private List<String> rows(String sql) {
        return engine.query(sql).execute().await().atMost(Duration.ofSeconds(60)).stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
