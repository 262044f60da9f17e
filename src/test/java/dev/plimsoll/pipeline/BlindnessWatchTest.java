package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who hears, and when, that a position cannot be judged. The clock is moved by hand; the database is real. */
@QuarkusTest
@TestProfile(WatchProfile.class)
class BlindnessWatchTest {
    private static final String[] ALL_SEEN = {"ETH 3000", "BTC 60000", "LINK 20", "USDC 1"};
    private static final String[] NO_ETHER = {"ETH ?", "BTC 60000", "LINK 20", "USDC 1"};
    private static final String[] NO_ETHER_NO_BITCOIN = {"ETH ?", "BTC ?", "LINK 20", "USDC 1"};
    private static final String[] NOTHING = {"ETH ?", "BTC ?", "LINK ?", "USDC ?"};

    @Inject
    HandClock clock;

    @Inject
    Replica.Maker replicas;

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    private Lookout watch;
    private Borrower ada;

    @BeforeEach
    void adaWantsToHearOfBlindness() {
        rows("delete from account");
        rows("delete from snapshot");
        rows("delete from price");
        rows("delete from blackout");
        clock.advance(Duration.ofHours(2));
        rows(
                "update lease set holder = 'nobody', until = '-infinity', judged_until = null, gap_from = null, gap_to = null");
        ada = Borrower.signsUp().withoutRules();
        ada.rulesBlind("auto");
        watch = new Lookout(replicas);
    }

    @AfterEach
    void close() {
        watch.close();
        rows("delete from account where id = '" + WatchProfile.OPERATOR + "'");
    }

    @Test
    void hiccupsOfHalfAMinuteWakeNobody() {
        ada.borrows("2390"); // 0.4 % from liquidation
        watch.sees(ALL_SEEN);

        IntStream.range(0, 10).forEach(hiccup -> watch.seesFor("PT30S", NOTHING).seesFor("PT70S", ALL_SEEN));

        assertThat(notices()).isEmpty();
        assertThat(rows("select subject from alert")).isEmpty();
    }

    @Test
    void aPositionNearItsLimitIsToldAfterAMinute() {
        ada.borrows("2304"); // 4 %
        watch.sees(ALL_SEEN);

        watch.seesFor("PT60S", NO_ETHER); // for 50 seconds now
        var before = notices();
        watch.seesFor("PT10S", NO_ETHER);

        assertThat(before).isEmpty();
        assertThat(notices()).containsExactly("alert.firing");
        assertThat(texts().getFirst())
                .startsWith("1 position cannot be judged since ")
                .contains("ETH loan. No believable price of ETH: 1 of 2 price families."
                        + " When it was last seen, ETH loan was 4.0 % away from liquidation.");
        assertThat(rows("select subject from alert")).containsExactly("account:price/ETH");
    }

    @Test
    void theFartherItWasTheLongerItMayLast() {
        ada.borrows("2160"); // 10 %
        watch.sees(ALL_SEEN).seesFor("PT5M", NO_ETHER);
        var beforeFive = notices();
        watch.seesFor("PT10S", NO_ETHER);
        var afterFive = notices();

        var ben = Borrower.signsUp().withoutRules();
        ben.rulesBlind("auto");
        ben.borrows("1680"); // 30 %
        watch.seesFor("PT2M", ALL_SEEN).seesFor("PT15M", NO_ETHER);
        var beforeFifteen = noticesOf(ben);
        watch.seesFor("PT10S", NO_ETHER);

        assertThat(beforeFive).isEmpty();
        assertThat(afterFive).containsExactly("alert.firing");
        assertThat(beforeFifteen).isEmpty();
        assertThat(noticesOf(ben)).containsExactly("alert.firing");
    }

    @Test
    void whatNoRuleWatchedMeanwhileIsBlindFromWhenOneDoes() {
        ada.borrows("2304"); // 4 %: told after a minute
        watch.sees(ALL_SEEN).seesFor("PT50S", NO_ETHER);

        ada.withoutRules();
        watch.seesFor("PT1M", NO_ETHER);
        ada.rulesBlind("auto");
        watch.seesFor("PT60S", NO_ETHER); // for 50 seconds now
        var before = notices();
        watch.seesFor("PT10S", NO_ETHER);

        assertThat(before).isEmpty();
        assertThat(notices()).containsExactly("alert.firing");
    }

    @Test
    void aRestartInTheMiddleOfThePatienceForgetsNothing() {
        ada.borrows("2304");
        watch.sees(ALL_SEEN).seesFor("PT40S", NO_ETHER);

        watch.restarts().seesFor("PT20S", NO_ETHER);
        var before = notices();
        watch.restarts().seesFor("PT10S", NO_ETHER);
        watch.restarts().seesFor("PT1M", NO_ETHER);

        assertThat(before).isEmpty();
        assertThat(notices()).containsExactly("alert.firing");
    }

    @Test
    void aShortSightIsNoSightAndARestartInItChangesNothing() {
        ada.borrows("2160");
        watch.sees(ALL_SEEN).seesFor("PT3M", NO_ETHER).seesFor("PT20S", ALL_SEEN);

        watch.restarts().seesFor("PT30S", ALL_SEEN);
        watch.restarts().seesFor("PT70S", NO_ETHER);
        var before = notices();
        watch.seesFor("PT10S", NO_ETHER);

        assertThat(before).isEmpty(); // five minutes less ten seconds from the first blind tick
        assertThat(notices()).containsExactly("alert.firing");
    }

    @Test
    void whoWasSeenForAMinuteIsBlindAnew() {
        ada.borrows("2160");
        watch.sees(ALL_SEEN)
                .seesFor("PT4M", NO_ETHER)
                .seesFor("PT70S", ALL_SEEN)
                .seesFor("PT5M", NO_ETHER);

        assertThat(notices()).isEmpty();
    }

    @Test
    void positionsThatFlickerInTurnDoNotAddUpToOneBlindness() {
        ada.rulesHealthFactor("1.00", "1.01");
        ada.borrows("2000"); // liquidated at 2500
        ada.borrows("1920"); // at 2400
        ada.borrows("1840"); // at 2300
        var turns = List.of("2490..2510", "2390..2410", "2290..2310");
        watch.sees(ALL_SEEN);

        IntStream.range(0, 30)
                .forEach(turn -> watch.seesFor("PT20S", "ETH " + turns.get(turn % 3), "USDC 1")
                        .seesFor("PT10S", ALL_SEEN)
                        .seesFor(turn % 3 == 2 ? "PT1M" : "PT0S", ALL_SEEN));

        assertThat(noticesAbout("account:sources/ETH")).isEmpty();
    }

    @Test
    void itIsToldAgainWhenItDoublesShrinksSilentlyAndEndsOnceSayingHowLong() {
        var first = ada.borrows("2160"); // 10 %: five minutes
        watch.sees(ALL_SEEN).seesFor("PT6M", NO_ETHER);
        var one = notices();
        ada.borrows("2150");
        watch.seesFor("PT6M", NO_ETHER);
        var two = notices();
        ada.borrows("2140");
        watch.seesFor("PT6M", NO_ETHER);
        var three = notices();
        ada.deletesPosition(first);
        watch.seesFor("PT2M", NO_ETHER).seesFor("PT2M", ALL_SEEN);

        assertThat(one).containsExactly("alert.firing");
        assertThat(two).containsExactly("alert.firing", "alert.worsened");
        assertThat(three).isEqualTo(two);
        assertThat(notices()).containsExactly("alert.firing", "alert.worsened", "alert.resolved");
        assertThat(texts().get(1)).startsWith("More by now: 2 positions cannot be judged since ");
        assertThat(texts().getLast()).matches("Judged again since .* UTC, after 14 min: ETH loan\\.");
    }

    @Test
    void oneNearItsLimitIsToldThoughTheyDidNotDouble() {
        ada.borrows("2160");
        ada.borrows("2160");
        watch.sees(ALL_SEEN).seesFor("PT6M", NO_ETHER);

        ada.borrows("2304"); // 4 %
        watch.seesFor("PT60S", NO_ETHER);
        var before = notices();
        watch.seesFor("PT3M", NO_ETHER);

        assertThat(before).containsExactly("alert.firing");
        assertThat(notices()).containsExactly("alert.firing", "alert.worsened");
    }

    @Test
    void eachCauseHasAnAlertAndAnAllClearOfItsOwn() {
        ada.borrows("2304");
        ada.borrowsOn("BTC", "46080");
        watch.sees(ALL_SEEN).seesFor("PT2M", NO_ETHER_NO_BITCOIN);
        var blind = notices();

        watch.seesFor("PT2M", NO_ETHER);
        var cleared = notices();
        watch.seesFor("PT2M", ALL_SEEN);

        assertThat(blind).containsExactly("alert.firing", "alert.firing");
        assertThat(cleared).containsExactly("alert.firing", "alert.firing", "alert.resolved");
        assertThat(rows("select subject || ' ' || state from alert order by resolved_at"))
                .containsExactly("account:price/BTC resolved", "account:price/ETH resolved");
        assertThat(texts().getLast()).matches("Judged again since .* UTC, after 4 min: ETH loan\\.");
    }

    @Test
    void allPricesGoneIsOneCauseAndOneMessageHoweverTheyComeBack() {
        ada.borrows("2304");
        ada.borrowsOn("BTC", "46080");
        ada.borrowsOn("LINK", "15.36");
        watch.sees(ALL_SEEN);

        watch.seesFor("PT10S", NO_ETHER).seesFor("PT10S", NO_ETHER_NO_BITCOIN).seesFor("PT5M", NOTHING);
        var dark = notices();
        watch.seesFor("PT20S", NO_ETHER_NO_BITCOIN).seesFor("PT3M", NO_ETHER).seesFor("PT2M", ALL_SEEN);

        assertThat(dark).containsExactly("alert.firing");
        assertThat(notices()).containsExactly("alert.firing", "alert.resolved");
        assertThat(rows("select subject from alert")).containsExactly("account:prices");
    }

    @Test
    void whatFlickersWhileItIsToldIsNeitherClearedNorToldAgainEvenOverRestarts() {
        ada.borrows("2304");
        watch.sees(ALL_SEEN).seesFor("PT2M", NO_ETHER);

        IntStream.range(0, 6)
                .forEach(turn -> watch.seesFor("PT40S", ALL_SEEN).restarts().seesFor("PT20S", NO_ETHER));

        assertThat(notices()).containsExactly("alert.firing");
    }

    @Test
    void theOperatorHearsFirstOfWhatBlindsManyOnceAndOnceThatItIsOver() {
        operatorExists();
        ada.borrows("2304");
        IntStream.range(0, 3).forEach(other -> Borrower.signsUp().withoutRules().borrowsOn("BTC", "30000"));
        watch.sees(ALL_SEEN);

        watch.seesFor("PT60S", NO_ETHER);
        var hiccup = rows("select type from notice");
        watch.seesFor("PT2M", NO_ETHER);
        watch.restarts().seesFor("PT2M", NO_ETHER);
        var blind = rows("select type from notice order by xmin::text::bigint");
        watch.seesFor("PT3M", ALL_SEEN);
        watch.restarts().seesFor("PT1M", ALL_SEEN);

        assertThat(hiccup).isEmpty();
        assertThat(blind).containsExactly("operator.blind", "alert.firing");
        assertThat(rows("select type from notice where account_id = '" + WatchProfile.OPERATOR + "' order by at"))
                .containsExactly("operator.blind", "operator.sighted");
        assertThat(rows("select data ->> 'text' from notice where type = 'operator.blind'"))
                .singleElement()
                .asString()
                .startsWith("25 % of accounts are blind: 1 of 4 have positions that cannot be judged, 1 in all,")
                .contains("because ETH has no believable price");
    }

    @Test
    void aFifthOfTheAccountsIsNotMany() {
        operatorExists();
        ada.borrows("2304");
        IntStream.range(0, 4).forEach(other -> Borrower.signsUp().withoutRules().borrowsOn("BTC", "30000"));
        watch.sees(ALL_SEEN).seesFor("PT5M", NO_ETHER);

        assertThat(notices()).containsExactly("alert.firing");
    }

    @Test
    void anOperatorWhoIsNoAccountKeepsNobodyFromBeingTold() {
        ada.borrows("2304");
        watch.sees(ALL_SEEN).seesFor("PT3M", NO_ETHER);

        assertThat(notices()).containsExactly("alert.firing");
    }

    @Test
    void anAlertOfBlindnessSaysItsCauseAndItsPositions() {
        var position = ada.borrows("2304");
        watch.sees(ALL_SEEN).seesFor("PT2M", NO_ETHER);

        var alert = ada.reads("/alerts").getMap("items[0].subject");
        var data = rows("select data #>> '{alert,subject,cause}' || ' ' || (data #>> '{positions,0,id}') from notice");

        assertThat(alert).containsEntry("kind", "account").containsEntry("cause", "price/ETH");
        assertThat(data).containsExactly("price/ETH " + position);
    }

    @Test
    void aGapIsToldOnceWhenAllIsSeenAgainThoughARestartComesBetween() {
        ada.borrows("2304");
        ada.borrowsOn("BTC", "40000");
        watch.sees(ALL_SEEN);
        clock.advance(Duration.ofMinutes(39));

        watch.sees(NOTHING).seesFor("PT20S", NO_ETHER);
        var before = notices();
        watch.restarts()
                .seesFor("PT10S", NO_ETHER)
                .seesFor("PT2M", ALL_SEEN)
                .restarts()
                .seesFor("PT1M", ALL_SEEN);

        assertThat(before).isEmpty();
        assertThat(notices()).containsExactly("sight.regained");
        assertThat(texts().getFirst())
                .matches(
                        "I could not see from .* UTC to .* UTC\\. Still firing: 0\\. Lowest health factor now: 1\\.0416\\.");
        assertThat(rows("select ((data ->> 'to')::timestamptz - (data ->> 'from')::timestamptz)::text from notice"))
                .containsExactly("00:39:00");
    }

    @Test
    void aGapIsToldAfterAMinuteThoughOnePositionStaysBlind() {
        ada.borrows("2304");
        ada.borrowsOn("BTC", "40000");
        watch.sees(ALL_SEEN);
        clock.advance(Duration.ofMinutes(39));

        watch.sees(NO_ETHER).seesFor("PT50S", NO_ETHER);
        var before = notices();
        watch.seesFor("PT10S", NO_ETHER);

        assertThat(before).isEmpty();
        assertThat(rows("select data ->> 'text' from notice where type = 'sight.regained'"))
                .singleElement()
                .asString()
                .endsWith("Lowest health factor now: 1.2. Positions that cannot be judged yet: 1.");
    }

    private void operatorExists() {
        rows("insert into account (id, name) values ('" + WatchProfile.OPERATOR + "', 'operator')");
    }

    private List<String> notices() {
        return rows("select type from notice order by at, sequence");
    }

    private List<String> noticesOf(Borrower borrower) {
        return rows("select type from notice where account_id = '" + borrower.account() + "' order by at");
    }

    private List<String> noticesAbout(String subject) {
        return rows("select n.type from notice n join alert a on a.id = n.alert_id where a.subject = '" + subject
                + "' order by n.at, n.sequence");
    }

    private List<String> texts() {
        return rows("select data ->> 'text' from notice order by at, sequence");
    }

    private List<String> rows(String sql) {
        return engine.query(sql).execute().await().atMost(Duration.ofSeconds(60)).stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
