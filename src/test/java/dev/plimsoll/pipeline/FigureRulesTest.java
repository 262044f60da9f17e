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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules on the figures of a loan, from real price servers to notices in a real database and back. */
@QuarkusTest
@TestProfile(WatchProfile.class)
class FigureRulesTest {
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
    private String loan;

    @BeforeEach
    void adaBorrows() throws IOException {
        rows("delete from account");
        rows("delete from snapshot");
        rows("delete from price");
        rows("update lease set holder = 'nobody', until = '-infinity', judged_until = null");
        clock.advance(Duration.ofDays(2)); // no price reaches over from another test
        prices = new PriceServer(WatchProfile.PORT, clock);
        prices.set("ETH", "3000");
        prices.set("USDC", "1");
        replica = replicas.make();
        ada = Borrower.signsUp().withoutRules();
        loan = ada.borrows("1500"); // one ether at a threshold of 0.8
    }

    @AfterEach
    void close() {
        replica.release();
        prices.close();
    }

    @Test
    void aLoanToValueIsToldAndResolved() {
        rule("loan-to-value", "", "\"above\":\"0.55\",\"clearBelow\":\"0.54\"");

        ticksAt("3000", "2700", "2760", "2800"); // 0.50, 0.5556, 0.5435, 0.5357

        assertThat(timeline()).containsExactly("1 alert.firing crossed", "2 alert.resolved recovered");
        assertThat(texts().getFirst())
                .startsWith("ETH loan is at a loan-to-value of 55.6 %, at health factor 1.44."
                        + " ETH must fall 30.5 % to 1,875.00 USD to be liquidated.");
        assertThat(data().getFirst().getJsonObject("reading").getString("unit")).isEqualTo("ratio");
    }

    @Test
    void aCollateralRatioIsToldAndResolved() {
        rule("collateral-ratio", "", "\"below\":\"1.8\",\"clearAbove\":\"1.85\"");

        ticksAt("3000", "2600", "2760", "2800"); // 2.00, 1.7333, 1.84, 1.8667

        assertThat(timeline()).containsExactly("1 alert.firing crossed", "2 alert.resolved recovered");
        assertThat(texts().getFirst())
                .startsWith("ETH loan is at a collateral ratio of 173.3 %, at health factor 1.38.");
    }

    @Test
    void aFallIsToldFromItsPeakAndIsOverWhenThePeakIsLongAgo() {
        rule("health-drop", "\"within\":\"PT5M\",", "\"percent\":\"10\"");

        ticksAt("2900", "3000", "2760", "2690"); // 8 %, 10.3 % below the peak
        var told = timeline();
        clock.advance(Duration.ofSeconds(10));
        replica.tickAfter(Duration.ofMinutes(6));
        replica.tickAfter(TICK);

        assertThat(told).containsExactly("1 alert.firing crossed");
        assertThat(timeline()).containsExactly("1 alert.firing crossed", "2 alert.resolved recovered");
        assertThat(texts().getFirst()).startsWith("ETH loan fell 10.3 % within 5 min, from health factor 1.60 at ");
        assertThat(data().getFirst().getJsonObject("peak").getString("healthFactor"))
                .isEqualTo("1.6000");
        assertThat(data().getFirst().getJsonObject("reading").getString("low")).startsWith("10.33");
    }

    @Test
    void borrowingMoreIsNoFall() {
        rule("health-drop", "\"within\":\"PT1H\",", "\"percent\":\"5\"");
        ticksAt("3000", "3000");

        ada.adjusts(loan, "{\"borrow\":[{\"asset\":\"USDC\",\"amount\":\"500\"}]}");
        ticksAt("3000", "2900");
        var borrowed = timeline();
        ticksAt("2800");

        assertThat(borrowed).isEmpty();
        assertThat(timeline()).containsExactly("1 alert.firing crossed");
    }

    @Test
    void interestThatWouldReachLiquidationIsToldBeforeItDoes() {
        ada.creates("/positions", """
                {"kind":"declared","name":"loop",
                 "collateral":[{"asset":"ETH","amount":"1","liquidationThreshold":"0.8"}],
                 "debt":[{"asset":"USDC","amount":"2300","annualRate":"0.5"}]}""");
        rule("time-to-liquidation", "", "\"within\":\"P30D\"");

        ticksAt("3000", "2980", "2990", "3200"); // 31 days, 26 and 29, three months
        assertThat(timeline()).containsExactly("1 alert.firing crossed", "2 alert.resolved recovered");
        assertThat(texts().getFirst()).startsWith("loop is 26 d ").contains("from liquidation by interest alone");
    }

    @Test
    void aRuleOnAFigureCostsNothingWhileItStaysOnItsSide() {
        rule("loan-to-value", "", "\"above\":\"0.7\"");
        rule("collateral-ratio", "", "\"below\":\"1.5\"");
        rule("health-drop", "\"within\":\"PT1H\",", "\"percent\":\"20\"");
        rule("time-to-liquidation", "", "\"within\":\"P30D\"");
        ticksAt("3000", "3000");

        prices.set("ETH", "3010");

        assertThat(replica.tickAfter(TICK).selected()).isZero();
    }

    private void rule(String type, String more, String limit) {
        ada.creates("/rules", """
                {"name":"%1$s","watches":"all","condition":{%2$s"type":"%1$s"},
                 "levels":[{"severity":"warning",%3$s,"hold":"PT0S","clearHold":"PT0S","repeatEvery":"PT24H"}]}""".formatted(type, more, limit));
    }

    private void ticksAt(String... ether) {
        for (var price : ether) {
            prices.set("ETH", price);
            replica.tickAfter(TICK);
        }
    }

    private List<String> timeline() {
        return rows("select sequence || ' ' || type || ' ' || reason from transition order by at, sequence");
    }

    private List<String> texts() {
        return data().stream().map(data -> data.getString("text")).toList();
    }

    private List<JsonObject> data() {
        return rows("select data::text from notice order by at, sequence").stream()
                .map(JsonObject::new)
                .toList();
    }

    private List<String> rows(String sql) {
        return engine.query(sql).execute().await().atMost(Duration.ofSeconds(60)).stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
