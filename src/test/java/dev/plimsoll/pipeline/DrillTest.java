package dev.plimsoll.pipeline;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;

import dev.plimsoll.crash.PriceServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A wake-up drill, from asking for one to the time that it took, by the clock of the database. */
@QuarkusTest
@TestProfile(WatchProfile.class)
class DrillTest {
    private static final DateTimeFormatter TIME_OF_DAY =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

    @Inject
    Drills drills;

    @Inject
    HandClock clock;

    @Inject
    Replica.Maker replicas;

    @Inject
    DrillFixture given;

    private Borrower ada;
    private String ops;
    private String rule;

    @BeforeEach
    void adaHasALadder() {
        rows("delete from account");
        ada = Borrower.signsUp().withoutRules();
        ops = channel("ops");
        var pager = channel("pager");
        channel("mail");
        rule = ada.creates("/rules", """
                {"name":"low","channels":["%s"],"escalation":[{"after":"PT5M","channels":["%s"]}],
                 "condition":{"type":"health-factor"},"levels":[{"severity":"critical","below":"1.05"}]}""".formatted(ops, pager));
    }

    @AfterEach
    void nothingIsLeft() {
        rows("delete from account");
    }

    @Test
    void aDrillGoesUpTheLadderOfItsRuleUntilSomebodyAcknowledgesIt() {
        var drill = ada.creates("/drills", "{\"rule\":\"%s\"}".formatted(rule));
        round();
        arrived();
        passes(Duration.ofMinutes(5));
        round();
        arrived();

        ada.acknowledges(drill);
        round();

        assertThat(told())
                .containsExactly(
                        "drill.firing to ops",
                        "drill.escalated to pager",
                        "drill.resolved to ops",
                        "drill.resolved to pager");
        var ended = ada.reads("/drills/" + drill);
        assertThat(ended.getString("state")).isEqualTo("acknowledged");
        assertThat(Duration.parse(ended.getString("timeToAcknowledge")))
                .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(15));
        assertThat(texts())
                .allSatisfy(text -> assertThat(text).contains("drill"))
                .last()
                .asString()
                .startsWith("The wake-up drill is over: acknowledged after 5 min");
    }

    @Test
    void oneThatFailsKeepsNoOtherFromItsTurn() {
        var bob = Borrower.signsUp().account();
        rows("update account set timezone = 'Mars/Olympus' where id = '" + bob + "'");
        rows("insert into drill (id, account_id, due_at) values (gen_random_uuid(), '" + bob
                + "', now() - interval '1 hour')");
        ada.creates("/drills", "{}");

        assertThatThrownBy(this::round).hasMessageStartingWith("drill ");
        assertThat(told()).containsExactly("drill.firing to ops");
    }

    @Test
    void noProgramTakesADrillForAnAlert() {
        var drill = ada.creates("/drills", "{}");
        round();

        assertThat(told()).containsExactly("drill.firing to ops");
        assertThat(rows("select severity || ' ' || fails_over from notice")).containsExactly("critical true");
        assertThat(ada.reads("/alerts").getList("items")).isEmpty();
        assertThat(ada.reads("/alerts/" + drill).getString("subject.kind")).isEqualTo("drill");
        assertThat(ada.reads("/alerts/" + drill).getList("timeline.type")).containsExactly("drill.firing");
    }

    @Test
    void whereNobodyAcknowledgesItEveryChannelIsToldSo() {
        var drill = ada.creates("/drills", "{}");
        round();
        arrived();
        passes(Duration.ofMinutes(5));
        round();
        arrived();
        passes(Duration.ofMinutes(15));
        round();

        assertThat(told())
                .containsExactly(
                        "drill.firing to ops",
                        "drill.escalated to pager",
                        "drill.resolved to mail",
                        "drill.resolved to ops",
                        "drill.resolved to pager");
        assertThat(ada.reads("/drills/" + drill).getString("state")).isEqualTo("unacknowledged");
        assertThat(texts()).last().asString().contains("nobody acknowledged it within 20 min");
    }

    @Test
    void aBuddyIsRungLastOnlyAndHearsHowItEnds() {
        rows("update channel set buddy = 'Bob' where name = 'pager'");
        ada.creates("/drills", "{}");
        round();
        arrived();
        passes(Duration.ofMinutes(5));
        round();
        arrived();
        passes(Duration.ofMinutes(15));
        round();

        assertThat(told())
                .filteredOn(line -> line.endsWith("pager"))
                .containsExactly("drill.escalated to pager", "drill.resolved to pager");
    }

    @Test
    void aRealAlertBreaksItOffAndNoneBeginsWhileOneFires() throws IOException {
        var running = ada.creates("/drills", "{}");
        round();
        arrived();

        aRealAlertFires("2000");
        round();
        var next = ada.creates("/drills", "{}");
        round();

        var broken = ada.reads("/drills/" + running);
        assertThat(broken.getString("state")).isEqualTo("interrupted");
        assertThat(broken.getString("why")).isEqualTo("\"low\" fires in earnest");
        assertThat(told()).contains("drill.resolved to ops");
        assertThat(ada.reads("/drills/" + next).getString("state")).isEqualTo("skipped");
        assertThat(ada.reads("/drills/" + next).getString("why")).isEqualTo("\"low\" was firing then");
    }

    @Test
    void aWarningNeitherBreaksItOffNorKeepsItFromBeginning() throws IOException {
        ada.creates("/rules", """
                {"name":"mild","condition":{"type":"health-factor"},
                 "levels":[{"severity":"warning","below":"1.3","hold":"PT0S"}]}""");
        var running = ada.creates("/drills", "{}");
        round();
        arrived();

        aRealAlertFires("2900"); // at a health factor of 1.16
        round();
        var state = ada.reads("/drills/" + running).getString("state");
        ada.deletes("/drills/" + running);
        round();
        var next = ada.creates("/drills", "{}");
        round();

        assertThat(state).isEqualTo("running");
        assertThat(ada.reads("/drills/" + next).getString("state")).isEqualTo("running");
    }

    @Test
    void aDrillWhoseRuleIsDeletedEndsAndEverybodyWhoWasRungHearsWhy() {
        rows("update channel set buddy = 'Bob' where name = 'pager'");
        var drill = ada.creates("/drills", "{}");
        round();
        arrived();
        passes(Duration.ofMinutes(5));
        round();
        arrived();

        ada.deletesRule(rule);
        round();

        assertThat(told())
                .containsExactly(
                        "drill.firing to ops",
                        "drill.escalated to pager",
                        "drill.resolved to mail",
                        "drill.resolved to ops",
                        "drill.resolved to pager");
        assertThat(texts()).last().asString().isEqualTo("The wake-up drill was broken off: its rule was deleted.");
        assertThat(ada.reads("/drills/" + drill).getString("state")).isEqualTo("interrupted");
        assertThat(ada.reads("/drills/" + drill).getString("why")).isEqualTo("its rule was deleted");
        assertThat(ada.reads("/alerts/" + drill).getString("state")).isEqualTo("resolved");
        assertThat(ada.reads("/alerts/" + drill).getString("resolvedBecause")).isEqualTo("rule-deleted");
    }

    @Test
    void aDrillWhoseRuleIsNoLongerCriticalEndsAndItsOwnerHearsWhy() {
        var drill = ada.creates("/drills", "{}");
        round();
        arrived();

        ada.changes("/rules/" + rule, "{\"levels\":[{\"severity\":\"warning\",\"below\":\"1.05\"}]}");
        round();

        assertThat(texts())
                .last()
                .asString()
                .isEqualTo("The wake-up drill was broken off: its rule \"low\" has no critical level any more.");
        assertThat(ada.reads("/drills/" + drill).getString("state")).isEqualTo("interrupted");
        assertThat(ada.reads("/alerts/" + drill).getString("resolvedBecause")).isEqualTo("rule-changed");
    }

    @Test
    void whoAcknowledgesADrillWhoseRuleIsGoneWasAwakeAllTheSame() {
        var drill = ada.creates("/drills", "{}");
        round();
        arrived();

        ada.acknowledges(drill);
        ada.deletesRule(rule);
        round();

        assertThat(ada.reads("/drills/" + drill).getString("state")).isEqualTo("acknowledged");
    }

    @Test
    void aRandomOneTakesPlaceOnceInItsHoursAndIsNotGivenAway() {
        var now = Instant.parse(rows("select to_char(now() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')")
                .getFirst());
        var drill = ada.creates("/drills", """
                {"random":{"from":"%s","to":"%s","within":"P30D"}}""".formatted(
                TIME_OF_DAY.format(now.minus(Duration.ofHours(2))), TIME_OF_DAY.format(now.plus(Duration.ofHours(2)))));
        var before = ada.reads("/drills/" + drill);

        rows("update drill set due_at = now()");
        Uni.combine()
                .all()
                .unis(drills.round(), drills.round(), drills.round())
                .discardItems()
                .await()
                .atMost(Duration.ofSeconds(60));
        round();

        assertThat(before.getString("at")).isNull();
        assertThat(before.getString("state")).isEqualTo("scheduled");
        assertThat(told()).containsExactly("drill.firing to ops");
        assertThat(ada.reads("/drills/" + drill).getString("state")).isEqualTo("running");
    }

    @Test
    void whatWasMissedByARandomOneIsMadeUpForInAnotherNightAndByAnAppointmentSkipped() {
        var now = Instant.parse(rows("select to_char(now() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')")
                .getFirst());
        var random = ada.creates("/drills", """
                {"random":{"from":"%s","to":"%s","within":"P30D"}}""".formatted(
                TIME_OF_DAY.format(now.plus(Duration.ofHours(2))), TIME_OF_DAY.format(now.plus(Duration.ofHours(4)))));
        var appointed = ada.creates("/drills", "{\"at\":\"" + now.plus(Duration.ofDays(1)) + "\"}");

        rows("update drill set due_at = now() - interval '1 hour'");
        round();

        assertThat(told()).isEmpty();
        assertThat(ada.reads("/drills/" + random).getString("state")).isEqualTo("scheduled");
        assertThat(rows("select id::text from drill where due_at > now() + interval '1 hour'"))
                .containsExactly(random);
        assertThat(ada.reads("/drills/" + appointed).getString("state")).isEqualTo("skipped");
        assertThat(ada.reads("/drills/" + appointed).getString("why"))
                .isEqualTo("nobody was there to begin it at its time");
    }

    @Test
    void whoCallsItOffWhileItRunsHearsThatItIsOver() {
        var drill = ada.creates("/drills", "{}");
        round();
        arrived();

        ada.deletes("/drills/" + drill);
        round();

        assertThat(ada.reads("/drills/" + drill).getString("state")).isEqualTo("interrupted");
        assertThat(texts()).last().asString().isEqualTo("The wake-up drill was broken off: you called it off.");
    }

    @Test
    void onlyWhatIsCriticalHasALadderToTry() {
        var warning = ada.creates("/rules", """
                {"name":"mild","condition":{"type":"health-factor"},"levels":[{"severity":"warning","below":"1.3"}]}""");

        asks("{\"rule\":\"%s\"}".formatted(warning))
                .then()
                .statusCode(422)
                .body("errors[0].pointer", org.hamcrest.Matchers.equalTo("/rule"))
                .body("errors[0].detail", containsString("no critical level"));
    }

    @Test
    void aDrillIsNotAskedForWhileAnotherRuns() {
        ada.creates("/drills", "{}");
        round();

        asks("{}").then().statusCode(409).body("detail", containsString("A drill is running"));
    }

    private void aRealAlertFires(String ether) throws IOException {
        rows("delete from snapshot");
        rows("delete from price");
        clock.advance(Duration.ofHours(2)); // what a source did not know in an earlier test is asked for again
        rows("update lease set holder = 'nobody', until = '-infinity', judged_until = null");
        try (var prices = new PriceServer(WatchProfile.PORT, clock)) {
            prices.set("ETH", ether);
            prices.set("USDC", "1");
            ada.borrows("2000");
            var replica = replicas.make();
            replica.tick();
            replica.release();
        }
        assertThat(ada.reads("/alerts").getList("items.state")).containsExactly("firing");
    }

    private Response asks(String body) {
        return given().basePath("/api/v1")
                .header("Authorization", "Bearer " + ada.key())
                .contentType(ContentType.JSON)
                .body(body)
                .post("/drills");
    }

    private String channel(String name) {
        var id = ada.creates(
                "/channels", "{\"kind\":\"webhook\",\"name\":\"%s\",\"url\":\"http://127.0.0.1:9/\"}".formatted(name));
        rows("update channel set state = 'active'");
        return id;
    }

    private void round() {
        given.round();
    }

    /** What waits has arrived. */
    private void arrived() {
        rows("delete from queue");
        rows("update delivery set state = 'delivered', slot = null, done_at = now() where state = 'pending'");
    }

    private List<String> told() {
        return rows("""
                select n.type || ' to ' || c.name
                from delivery d
                join notice n on n.id = d.notice_id
                join channel c on c.id = d.channel_id
                where n.type like 'drill.%'
                order by n.sequence, c.name""");
    }

    private List<String> texts() {
        return rows("select data ->> 'text' from notice where type like 'drill.%' order by sequence");
    }

    private void passes(Duration time) {
        given.passes(time);
    }

    private List<String> rows(String sql) {
        return given.rows(sql);
    }
}
