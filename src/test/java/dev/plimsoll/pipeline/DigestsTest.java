package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.crash.PriceServer;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.pipeline.digest.Digests;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people read by the calendar, from their time of day to rows of a real outbox. */
@QuarkusTest
@TestProfile(WatchProfile.class)
class DigestsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Inject
    HandClock clock;

    @Inject
    Replica.Maker replicas;

    @Inject
    Digests digests;

    @Inject
    LatestMarket latest;

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
        clock.advance(Duration.ofHours(30)); // beyond all that another test's prices reach
        clock.set(clock.instant().truncatedTo(ChronoUnit.HOURS));
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
    void comesOnceADayHoweverManyReplicasLook() {
        ada.borrows("1800");
        replica.tick();
        ada.creates("/digests", daily(MINUTE));

        var before = round();
        clock.advance(MINUTE);
        var both = Uni.join()
                .all(
                        digests.round(latest.snapshot().orElseThrow(), clock.instant()),
                        digests.round(latest.snapshot().orElseThrow(), clock.instant()))
                .andFailFast()
                .await()
                .atMost(PATIENCE);
        var again = round();
        clock.advance(Duration.ofDays(1));
        replica.tick();
        var tomorrow = round();

        assertThat(before).isZero();
        assertThat(both.stream().mapToInt(told -> told).sum()).isEqualTo(1);
        assertThat(again).isZero();
        assertThat(tomorrow).isEqualTo(1);
        assertThat(types()).containsExactly("digest.daily", "digest.daily");
    }

    @Test
    void oneThatCannotBeWrittenOrReadHoldsUpNoOtherAndComesLater() {
        var bob = Borrower.signsUp().withoutRules();
        var cleo = Borrower.signsUp().withoutRules();
        var loan = bob.borrows("1800");
        cleo.borrows("1800");
        ada.borrows("1800");
        replica.tick();
        Stream.of(bob, cleo, ada).forEach(one -> one.creates("/digests", daily(MINUTE)));
        rows("update account set timezone = 'Mars/Olympus' where id = '" + cleo.account() + "'");
        var terms = rows("select terms::text from position where id = '" + loan + "'")
                .getFirst();
        rows("update position set terms = '{}' where id = '" + loan + "'");
        clock.advance(MINUTE);

        var told = round();
        var again = round();
        rows("update position set terms = '" + terms + "' where id = '" + loan + "'");
        rows("update account set timezone = 'UTC'"); // the next one of this account is tomorrow's
        clock.advance(Duration.ofMinutes(15));
        replica.tick();
        var later = round();

        assertThat(told).isEqualTo(1);
        assertThat(again).isZero();
        assertThat(later).isEqualTo(1);
        assertThat(rows("select account_id::text from notice where type like 'digest.%' order by id"))
                .containsExactly(ada.account(), bob.account());
    }

    @Test
    void tellsTheClosestCallOfTheDayAndWhatHappened() {
        ada.rulesHealthFactor("1.20", "1.25");
        ada.borrows("1900");
        replica.tick();
        prices.set("ETH", "2600");
        replica.tickAfter(MINUTE);
        prices.set("ETH", "3000");
        replica.tickAfter(Duration.ofMinutes(9));
        ada.creates("/digests", daily(MINUTE));
        clock.advance(MINUTE);
        replica.tick();

        round();

        assertThat(text()).contains("Lowest health factor now: 1.26 (ETH loan).");
        assertThat(text()).containsPattern("Closest call: .*, at 1\\.09 \\(ETH loan\\), 8\\.6 % from liquidation\\.");
        assertThat(text()).contains("Alerts: 1, none still fires: critical on ETH loan (low)");
        assertThat(data().getJsonObject("closestCall").getString("healthFactor"))
                .isEqualTo("1.0947");
        assertThat(data().getJsonObject("alerts").getInteger("count")).isEqualTo(1);
    }

    @Test
    void whoRepaidInTimeStillReadsHowNearItWas() {
        ada.rulesDistance("6");
        var loan = ada.borrows("1900");
        replica.tick();
        prices.set("ETH", "2448");
        replica.tickAfter(MINUTE);
        clock.advance(MINUTE);
        ada.adjusts(loan, "{\"repay\":[{\"asset\":\"USDC\",\"amount\":\"600\"}]}");
        replica.tickAfter(MINUTE);
        ada.creates("/digests", daily(MINUTE));
        clock.advance(MINUTE);
        replica.tick();

        round();

        assertThat(text()).contains("Lowest health factor now: 1.50 (ETH loan).");
        assertThat(text())
                .containsPattern("Closest call: since .*, 2\\.9 % from liquidation \\(ETH loan\\),"
                        + " as an alert saw it on the amounts of then\\.");
        assertThat(data().getJsonObject("closestCall").getString("distancePercent"))
                .startsWith("2.9");
        assertThat(data().getJsonObject("closestCall").getString("alert"))
                .isEqualTo(rows("select id::text from alert").getFirst());
    }

    @Test
    void saysWhatCannotBeJudgedInsteadOfNothing() {
        ada.borrowsOn("LINK", "1000");
        replica.tick();
        ada.creates("/digests", daily(MINUTE));
        ada.creates("/digests", bedtime(MINUTE));
        clock.advance(MINUTE);

        round();

        assertThat(texts("digest.daily")).singleElement().asString().contains("Cannot be judged now: LINK loan (");
        assertThat(texts("digest.bedtime"))
                .singleElement()
                .asString()
                .startsWith("LINK loan: I cannot judge it now (no believable price of LINK")
                .contains("so I cannot say what a night may bring");
    }

    @Test
    void whoRepaysWhatTheCheckAdvisesIsAsSafeAsTheyAsked() {
        var loan = ada.borrows("2250");
        IntStream.range(0, 20).forEach(minute -> {
            prices.set("ETH", minute % 2 == 0 ? "3000" : "2990");
            replica.tickAfter(MINUTE);
        });
        prices.set("ETH", "3000");
        replica.tickAfter(MINUTE);
        var digest = ada.creates("/digests", bedtime(MINUTE));
        clock.advance(MINUTE);
        round();
        var judged = data().getJsonArray("positions").getJsonObject(0);
        var repay = judged.getJsonArray("options").getJsonObject(0);

        ada.adjusts(loan, "{\"repay\":[{\"asset\":\"USDC\",\"amount\":\"" + repay.getString("amount") + "\"}]}");
        var after = ada.reads("/digests/" + digest + "/preview");

        assertThat(text())
                .containsPattern("^ETH loan, .* % from liquidation, 8 hours asleep: [0-9.]+ % chance of"
                        + " touching liquidation; repay [0-9.,]+ USDC and it is 0\\.1 %\\.");
        assertThat(judged.getJsonObject("touchProbability").getString("value")).isGreaterThan("0.0010");
        assertThat(after.getString("data.positions[0].touchProbability.value")).isLessThanOrEqualTo("0.0010");
    }

    @Test
    void oneThatIsLateSaysSoAndWhichOnesNeverCame() {
        ada.borrows("1800");
        replica.tick();
        ada.creates("/digests", daily(MINUTE));
        clock.advance(Duration.ofDays(2).plusHours(3));
        replica.tick();

        var told = round();

        assertThat(told).isEqualTo(1);
        assertThat(text()).containsPattern("^None came on .*, .*: I was not running\\. Late: due .*, as of .*\\.");
        assertThat(data().getJsonObject("digest").getBoolean("late")).isTrue();
        assertThat(data().getJsonObject("digest").getJsonArray("missed")).hasSize(2);
    }

    @Test
    void whoMovesIsToldByTheClockOfTheirNewHome() {
        ada.borrows("1800");
        replica.tick();
        ada.livesIn(ZoneId.of("Asia/Tokyo"));
        var digest = ada.creates("/digests", daily(MINUTE)); // of the clock in UTC, which is not Tokyo's
        var tokyo = Instant.parse(ada.reads("/digests/" + digest).getString("next"));

        ada.livesIn(ZoneId.of("UTC"));
        round();
        var utc = Instant.parse(ada.reads("/digests/" + digest).getString("next"));

        assertThat(utc).isEqualTo(clock.instant().plus(MINUTE));
        assertThat(tokyo).isNotEqualTo(utc);
        assertThat(types()).isEmpty();
    }

    @Test
    void whoChangesWhereADueOneGoesGetsItAllTheSame() {
        ada.borrows("1800");
        replica.tick();
        var digest = ada.creates("/digests", daily(MINUTE));
        clock.advance(MINUTE.plusSeconds(1));

        ada.changes("/digests/" + digest, "{\"channels\":null}");

        assertThat(round()).isEqualTo(1);
    }

    @Test
    void inNightsInWhichTheClockIsChangedItComesOnceAsInAllOthers() {
        ada.borrows("1800");
        replica.tick();
        ada.livesIn(ZoneId.of("Europe/Berlin"));
        ada.creates("/digests", "{\"kind\":\"daily\",\"at\":\"02:30\"}");

        assertThat(comingFrom("2027-03-26T22:00:00Z")) // on 28 March 02:30 is no time of day there
                .containsExactly("2027-03-27T01:30:00Z", "2027-03-28T01:00:00Z", "2027-03-29T00:30:00Z");
        assertThat(comingFrom("2027-10-29T22:00:00Z")) // on 31 October it is so twice
                .containsExactly("2027-10-30T00:30:00Z", "2027-10-31T00:30:00Z", "2027-11-01T01:30:00Z");
    }

    /** When it comes within three days, looked for every half hour by two replicas at once. */
    private List<String> comingFrom(String start) {
        rows("update digest set next_at = null");
        var market = latest.snapshot().orElseThrow();
        return Stream.iterate(Instant.parse(start), at -> at.plus(Duration.ofMinutes(30)))
                .limit(3 * 48)
                .flatMap(at -> Uni.join()
                        .all(digests.round(market, at), digests.round(market, at))
                        .andFailFast()
                        .await()
                        .atMost(PATIENCE)
                        .stream()
                        .flatMap(told -> Collections.nCopies(told, at.toString()).stream()))
                .toList();
    }

    @Test
    void asksAfterAMonthWhetherWhatWasSaidIsStillTrue() {
        var loan = ada.borrows("1800");
        ada.creates("/digests", daily(MINUTE));
        clock.advance(Duration.ofDays(31));
        replica.tick();
        round();
        assertThat(text()).contains("Still true? ETH loan (31 days).");

        ada.adjusts(loan, "{}"); // it is
        clock.advance(Duration.ofDays(1));
        replica.tick();
        round();

        assertThat(types()).hasSize(2);
        assertThat(text()).doesNotContain("Still true?");
    }

    @Test
    void theySayWhetherAnythingWouldWakeTheirReaderAndHowTheLastDrillWent() {
        ada.borrows("1800");
        ada.rulesHealthFactor("1.05", "1.10");
        replica.tick();
        channel();
        rows("""
                insert into drill (id, account_id, state, due_at, started_at, acknowledged_at, ended_at)
                select gen_random_uuid(), id, 'acknowledged', timestamp '2026-11-19 03:10' at time zone 'UTC',
                       timestamp '2026-11-19 03:10' at time zone 'UTC', timestamp '2026-11-19 03:14' at time zone 'UTC',
                       timestamp '2026-11-19 03:14' at time zone 'UTC'
                from account""");
        ada.creates("/digests", daily(MINUTE));
        clock.advance(MINUTE);
        round();
        var silent = text();

        rows("update channel set loud = true");
        ada.creates("/digests", bedtime(MINUTE));
        clock.advance(MINUTE);
        round();

        assertThat(silent)
                .contains("Last wake-up drill: Thu 19 Nov, 03:10, acknowledged after 4 min.")
                .contains("Nothing here would wake you at night: \"ops\" may be silent at night");
        assertThat(text()).doesNotContain("would wake you");
        assertThat(data().getJsonObject("lastDrill").getString("timeToAcknowledge"))
                .isEqualTo("PT4M");
    }

    @Test
    void nothingUrgentWaitsBehindThem() {
        ada.borrows("1800");
        replica.tick();
        channel();
        IntStream.range(0, 3).forEach(any -> ada.creates("/digests", daily(MINUTE)));
        clock.advance(MINUTE);

        round();

        assertThat(rows("select distinct q.priority::text from queue q")).containsExactly("3");
        rows("update notice set fails_over = true"); // as if they were alarms that nobody takes to their receivers
        rows("update queue set due_at = now() - interval '1 minute'");
        ada.creates("/digests", daily(MINUTE));
        clock.advance(MINUTE);

        assertThat(round()).isZero();
    }

    private void channel() {
        rows("""
                insert into channel (id, account_id, name, kind, state, settings_sealed, settings_shown)
                select gen_random_uuid(), id, 'ops', 'webhook', 'active', '', '{}' from account""");
    }

    private int round() {
        return digests.round(latest.snapshot().orElseThrow(), clock.instant())
                .await()
                .atMost(PATIENCE);
    }

    private String daily(Duration in) {
        return "{\"kind\":\"daily\",\"at\":\"" + at(in) + "\"}";
    }

    private String bedtime(Duration in) {
        return "{\"kind\":\"bedtime\",\"at\":\"" + at(in) + "\"}";
    }

    private LocalTime at(Duration in) {
        return LocalTime.ofInstant(clock.instant().plus(in), ZoneOffset.UTC);
    }

    private List<String> types() {
        return rows("select type from notice where type like 'digest.%' order by id");
    }

    private List<String> texts(String type) {
        return rows("select data ->> 'text' from notice where type = '" + type + "' order by id");
    }

    private String text() {
        return data().getString("text");
    }

    private JsonObject data() {
        return new JsonObject(rows("select data::text from notice where type like 'digest.%' order by id desc limit 1")
                .getFirst());
    }

    private List<String> rows(String sql) {
        return engine.query(sql)
                .execute()
                .map(rows -> rows.stream().map(row -> row.getString(0)).toList())
                .await()
                .atMost(PATIENCE);
    }
}
