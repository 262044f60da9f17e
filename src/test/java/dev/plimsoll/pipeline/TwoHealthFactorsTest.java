package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.crash.PriceServer;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Loans that are liquidated on one exchange's word, from real price servers to notices in a real database. */
@QuarkusTest
@TestProfile(FourVenuesProfile.class)
class TwoHealthFactorsTest {
    private static final Duration TICK = Duration.ofSeconds(10);

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
    void adaSignsUp() throws IOException {
        rows("delete from account");
        rows("delete from snapshot");
        rows("delete from price");
        rows("update lease set holder = 'nobody', until = '-infinity', judged_until = null");
        clock.advance(Duration.ofDays(2)); // no price reaches over from another test
        prices = new PriceServer(WatchProfile.PORT, clock);
        prices.set("ETH", "3000");
        prices.set("USDC", "1");
        prices.set("USDT", "1");
        replica = replicas.make();
        ada = Borrower.signsUp().withoutRules();
    }

    @AfterEach
    void close() {
        replica.release();
        prices.close();
    }

    /** As xUSD was in November 2025: the protocol kept to a price that nobody paid any more. */
    @Test
    void aProtocolThatKeepsToAPriceNobodyPaysIsToldByItsGapAndNotAsALiquidation() {
        ada.rulesHealthFactor("1.10", "1.12");
        rulesGap("2000");
        borrowsOnTheWordOf("coinbase"); // 1.60 at 3,000
        replica.tick();
        prices.set("coinbase", "ETH", "3000");

        ticksAt("1800", 3); // 0.96 elsewhere

        assertThat(timeline()).containsExactly("oracle-gap alert.firing crossed");
        assertThat(texts().getFirst()).contains("the price of coinbase").doesNotContain("can be liquidated now");
    }

    @Test
    void aRuleOnTheMarketPriceNamesItAndCallsNothingLiquidatable() {
        ada.creates("/rules", """
                {"name":"early","watches":"all","condition":{"type":"health-factor","basis":"market"},
                 "levels":[{"severity":"warning","below":"1.10","hold":"PT0S","repeatEvery":"PT24H"}]}""");
        borrowsOnTheWordOf("coinbase");
        replica.tick();
        prices.set("coinbase", "ETH", "3000");

        ticksAt("1800", 3);

        assertThat(timeline()).containsExactly("early alert.firing crossed");
        assertThat(texts().getFirst())
                .startsWith("loop is at health factor 0.96 on the market price. At the market price it is below 1;"
                        + " it is liquidated on the price of coinbase, where it is at health factor 1.60.")
                .doesNotContain("can be liquidated now");
    }

    /** 40 % is far beyond what the defaults allow ether's two prices to be apart. */
    @Test
    void everyAccountIsToldOfTheGapWithoutAskingForIt() {
        ada = Borrower.signsUp();
        borrowsOnTheWordOf("coinbase");
        replica.tick();
        prices.set("coinbase", "ETH", "3000");

        ticksAt("1800", 5);

        assertThat(timeline()).containsExactly("oracle-gap alert.firing crossed");
    }

    @Test
    void theDefaultRuleOnTheGapIsSilentOfWhatTheMarketPriceLiquidates() {
        ada = Borrower.signsUp();
        var loan = ada.borrows("1000");
        ticksAt("3000", 2);

        prices.set("kraken", "ETH", "1800");
        var report = replica.tickAfter(TICK);

        assertThat(report.selected()).isZero();
        assertThat(report.unseen()).isZero();
        assertThat(timeline()).isEmpty();
        assertThat(ada.reads("/positions/" + loan).getString("coverage.problem"))
                .isEqualTo("no active channel");
    }

    @Test
    void aGapThatClosesIsOver() {
        rulesGap("2000");
        borrowsOnTheWordOf("coinbase");
        replica.tick();
        prices.set("coinbase", "ETH", "3000");
        ticksAt("1800", 3);

        prices.set("coinbase", "ETH", "1800");
        ticksAt("1800", 3);

        assertThat(timeline())
                .containsExactly("oracle-gap alert.firing crossed", "oracle-gap alert.resolved recovered");
    }

    /** As USDe was in October 2025: one exchange printed 0.65 while everybody else paid a dollar. */
    @Test
    void whatOneExchangePrintsAloneDoesNotConcernALoanPricedByAnother() {
        ada.rulesHealthFactor("1.10", "1.12");
        borrowsOnTheWordOf("coinbase");
        replica.tick();

        prices.set("kraken", "ETH", "1950"); // 1.04 there
        ticksAt("3000", 6);

        assertThat(timeline()).isEmpty();
    }

    /** The same, and the exchange that prints alone is the one it is liquidated on. */
    @Test
    void whatItsOwnExchangePrintsAloneConcernsTheLoan() {
        ada.rulesHealthFactor("1.10", "1.12");
        borrowsOnTheWordOf("kraken");
        replica.tick();

        prices.set("kraken", "ETH", "1800");
        ticksAt("3000", 3);

        assertThat(timeline()).containsExactly("low alert.firing crossed");
        assertThat(texts().getFirst()).contains("It can be liquidated now.");
    }

    private void rulesGap(String bps) {
        ada.creates("/rules", """
                {"name":"oracle-gap","watches":"all","condition":{"type":"oracle-gap"},
                 "levels":[{"severity":"warning","bps":"%s","hold":"PT0S","clearHold":"PT0S","repeatEvery":"PT24H"}]}""".formatted(bps));
    }

    private void borrowsOnTheWordOf(String source) {
        ada.creates("/positions", """
                {"kind":"declared","name":"loop","priceSource":"%s",
                 "collateral":[{"asset":"ETH","amount":"1","liquidationThreshold":"0.8"}],
                 "debt":[{"asset":"USDC","amount":"1500"}]}""".formatted(source));
    }

    private void ticksAt(String ether, int times) {
        prices.set("ETH", ether);
        IntStream.range(0, times).forEach(tick -> replica.tickAfter(TICK));
    }

    private List<String> timeline() {
        return rows("""
                select r.name || ' ' || t.type || ' ' || t.reason
                from transition t
                join alert a on a.id = t.alert_id
                join rule r on r.id = a.rule_id
                order by t.at, t.sequence""");
    }

    private List<String> texts() {
        return rows("select data::text from notice order by at, sequence").stream()
                .map(data -> new JsonObject(data).getString("text"))
                .toList();
    }

    private List<String> rows(String sql) {
        return engine.query(sql).execute().await().atMost(Duration.ofSeconds(60)).stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
