package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.risk.Given;
import dev.plimsoll.rule.Ages;
import dev.plimsoll.rule.Venues;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class RulePreviewTest {
    private static final String LOAN = """
            {"kind":"declared","name":"ETH loan","labels":{"team":"treasury"},
             "collateral":[{"asset":"ETH","amount":"10","liquidationThreshold":"0.825"}],
             "debt":[{"asset":"USDC","amount":"20000"}]}""";

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Inject
    LatestMarket market;

    private Customer ada;

    @BeforeEach
    void signUp() throws Throwable {
        ada = Customer.signUp(engine);
        publish(Given.market("ETH 2981.11", "USDC 1"));
    }

    @Test
    void aHealthFactorSaysWhatItIsAndAtWhichPriceEachLevelFires() {
        borrow();

        preview("\"all\"", "{\"type\":\"health-factor\"}", """
                {"severity":"warning","below":"1.30"},{"severity":"critical","below":"1.10"}""")
                .body("items", hasSize(1))
                .body("items[0].subject.kind", equalTo("position"))
                .body("items[0].subject.name", equalTo("ETH loan"))
                .body("items[0].reading.unit", equalTo("healthFactor"))
                .body("items[0].reading.low", startsWith("1.2297"))
                .body("items[0].levels.severity", contains("warning", "critical"))
                .body("items[0].levels.evaluation", contains("breached", "clear"))
                .body("items[0].levels[1].firesAt[0].asset", equalTo("ETH"))
                .body("items[0].levels[1].firesAt[0].direction", equalTo("below"))
                .body("items[0].levels[1].firesAt[0].alone", equalTo("2666.67"))
                .body("items[0].levels[1].firesAt[0].distancePercent", equalTo("10.54"));
    }

    @Test
    void anAutomaticDistanceSaysWhichItIs() {
        borrow();

        preview("\"all\"", "{\"type\":\"liquidation-distance\"}", "{\"severity\":\"warning\",\"percent\":\"auto\"}")
                .body("items[0].levels[0].limit", equalTo("15"))
                .body("items[0].levels[0].clear", equalTo("18.75"))
                .body("items[0].levels[0].evaluation", equalTo("clear"))
                .body("items[0].levels[0].firesAt[0].alone", equalTo("2852.05"));
    }

    @Test
    void theFiguresOfALoanSayWhatTheyAreAndWhichPriceFires() {
        borrow();

        preview("\"all\"", "{\"type\":\"loan-to-value\"}", "{\"severity\":\"warning\",\"above\":\"0.8\"}")
                .body("items[0].reading.unit", equalTo("ratio"))
                .body("items[0].reading.low", startsWith("0.6708"))
                .body("items[0].levels[0].clear", equalTo("0.784"))
                .body("items[0].levels[0].firesAt[0].alone", equalTo("2500.00"));
        preview("\"all\"", "{\"type\":\"collateral-ratio\"}", "{\"severity\":\"warning\",\"below\":\"1.25\"}")
                .body("items[0].reading.low", startsWith("1.4905"))
                .body("items[0].levels[0].firesAt[0].alone", equalTo("2500.00"));
        preview(
                        "\"all\"",
                        "{\"type\":\"health-drop\",\"within\":\"PT1M\"}",
                        "{\"severity\":\"warning\",\"percent\":\"10\"}")
                .body("items[0].reading.unit", equalTo("percent"))
                .body("items[0].peak.healthFactor", startsWith("1."))
                .body("items[0].levels[0].firesAt[0].asset", equalTo("ETH"));
        preview("\"all\"", "{\"type\":\"time-to-liquidation\"}", "{\"severity\":\"warning\",\"within\":\"P30D\"}")
                .body("items[0].reading.unit", equalTo("seconds"))
                .body("items[0].levels[0].evaluation", equalTo("clear"))
                .body("items[0].levels[0].firesAt", hasSize(0)); // it bears no interest
    }

    @Test
    void whatCannotBeJudgedIsUnknownWithItsReason() {
        borrow();
        publish(Given.market("ETH ?", "USDC 1"));

        preview("\"all\"", "{\"type\":\"health-factor\"}", "{\"severity\":\"warning\",\"below\":\"1.30\"}")
                .body("items[0].levels[0].evaluation", equalTo("unknown"))
                .body("items[0].levels[0].why", containsString("no believable price of ETH"))
                .body("items[0].levels[0].firesAt", hasSize(0));
    }

    @Test
    void onlyWhatIsWatchedIsShown() {
        borrow();

        preview(
                        "{\"label\":\"team=other\"}",
                        "{\"type\":\"health-factor\"}",
                        "{\"severity\":\"warning\",\"below\":\"1.30\"}")
                .body("items", hasSize(0))
                .body("note", containsString("no position now"));
    }

    @Test
    void ofVeryManyPositionsTheOldestAreShown() {
        IntStream.range(0, 51).forEach(i -> borrow());

        preview("\"all\"", "{\"type\":\"health-factor\"}", "{\"severity\":\"warning\",\"below\":\"1.30\"}")
                .body("items", hasSize(50))
                .body("note", equalTo("It watches 51 positions; shown are the oldest 50."));
    }

    @Test
    void aConditionOnAnAssetIsOneItemHoweverManyPositionsHoldIt() {
        IntStream.range(0, 5).forEach(i -> borrow());

        asset("{\"type\":\"price\",\"asset\":\"ETH\"}", "{\"severity\":\"warning\",\"below\":\"2500\"}")
                .body("items", hasSize(1))
                .body("items[0].subject.id", equalTo("ETH"))
                .body("items[0].price.price", equalTo("2981.11"))
                .body("items[0].levels[0].evaluation", equalTo("clear"))
                .body("items[0].levels[0].firesAt[0].price", equalTo("2500.00"))
                .body("items[0].levels[0].firesAt[0].distancePercent", equalTo("16.13"));
    }

    @Test
    void aMoveSaysBetweenWhichPricesItIsQuiet() {
        publish(Given.market("LINK 20"));

        asset(
                        "{\"type\":\"price-change\",\"asset\":\"LINK\",\"within\":\"PT1H\"}",
                        "{\"severity\":\"warning\",\"percent\":\"10\"}")
                .body("items[0].reading.unit", equalTo("percent"))
                .body("items[0].levels[0].evaluation", equalTo("clear"))
                .body("items[0].levels[0].firesAt.direction", contains("below", "above"))
                .body("items[0].levels[0].firesAt.price", contains("18.000", "22.000"));
    }

    @Test
    void aPegSaysBetweenWhichPricesItHolds() {
        publish(Given.market("DAI 0.98"));

        asset("{\"type\":\"depeg\",\"asset\":\"DAI\"}", "{\"severity\":\"warning\",\"bps\":\"100\"}")
                .body("condition.of", equalTo("USD"))
                .body("items[0].reading.low", equalTo("200"))
                .body("items[0].levels[0].evaluation", equalTo("breached"))
                .body("items[0].levels[0].clear", equalTo("70"))
                .body("items[0].levels[0].firesAt.price", contains("0.99000", "1.0100"));
    }

    @Test
    void noPriceIsBelowNothing() {
        publish(Given.market("DAI 0.98"));

        asset("{\"type\":\"depeg\",\"asset\":\"DAI\"}", "{\"severity\":\"warning\",\"bps\":\"20000\"}")
                .body("items[0].levels[0].firesAt.direction", contains("above"));
        asset(
                        "{\"type\":\"price-change\",\"asset\":\"DAI\",\"within\":\"PT1M\"}",
                        "{\"severity\":\"warning\",\"percent\":\"150\"}")
                .body("items[0].levels[0].firesAt.direction", contains("above"));
    }

    @Test
    void aDivergenceSaysWhichQuoteOfWhichSourceFires() {
        publish(Venues.dai("coinbase 1.30 3 outlier", "kraken 1.00", "bitstamp 1.00", "binance 1.00"));

        asset("{\"type\":\"price-divergence\",\"asset\":\"DAI\",\"source\":\"coinbase\"}", "{\"severity\":\"warning\"}")
                .body("items[0].reading.low", equalTo("3000"))
                .body("items[0].reading.source", equalTo("coinbase"))
                .body("items[0].price.sources", hasSize(4))
                .body("items[0].levels[0].evaluation", equalTo("breached"))
                .body("items[0].levels[0].limit", nullValue())
                .body("items[0].levels[0].firesAt.source", contains("coinbase", "coinbase"))
                .body("items[0].levels[0].firesAt.price", contains("0.99250", "1.0075"));
    }

    @Test
    void stalenessSaysWhenEachFeedWouldFire() {
        publish(Venues.dai("coinbase 1.00 10", "kraken 1.00 100"));

        asset("{\"type\":\"price-stale\",\"asset\":\"DAI\"}", "{\"severity\":\"warning\"}")
                .body("items[0].reading.unit", equalTo("seconds"))
                .body("items[0].levels[0].evaluation", equalTo("clear"))
                .body("items[0].levels[0].firesAt.at", contains("2026-11-21T12:02:00Z", "2026-11-21T12:00:30Z"));
    }

    @Test
    void aSkewSaysOfWhatItIsMadeAndThatNoPriceFiresIt() {
        ada.sends("""
                        {"kind":"declared","name":"Loop",
                         "collateral":[{"asset":"USDC","amount":"1000","liquidationThreshold":"0.9"}],
                         "debt":[{"asset":"DAI","amount":"898.2"}]}""").post("/positions").then().statusCode(201);
        publish(Ages.market("USDC 1 10", "DAI 1 670"));

        preview(
                        "\"all\"",
                        "{\"type\":\"feed-skew\"}",
                        "{\"severity\":\"warning\"},{\"severity\":\"critical\",\"after\":\"PT15M\"}")
                .body("items[0].reading.unit", equalTo("seconds"))
                .body("items[0].reading.low", equalTo("660"))
                .body("items[0].skew.oldest.asset", equalTo("DAI"))
                .body("items[0].skew.oldest.ageSeconds", equalTo(670))
                .body("items[0].skew.thin", equalTo(true))
                .body("items[0].levels.limit", contains("600", "900"))
                .body("items[0].levels.evaluation", contains("breached", "clear"))
                .body("items[0].levels[0].firesAt", hasSize(0));
    }

    @Test
    void blindnessIsOfTheAccount() {
        borrow();
        publish(Given.market("ETH ?", "USDC 1"));

        preview("\"all\"", "{\"type\":\"blind\"}", "{\"severity\":\"warning\",\"after\":\"auto\"}")
                .body("items[0].subject.kind", equalTo("account"))
                .body("items[0].levels[0].evaluation", equalTo("breached"))
                .body("items[0].why", equalTo("cannot be judged now: ETH loan"))
                .body("note", containsString("No price makes it fire"));
    }

    @Test
    void nothingIsStored() {
        var before = ada.asks().get("/rules").jsonPath().getList("items.id");

        asset("{\"type\":\"price\",\"asset\":\"ETH\"}", "{\"severity\":\"warning\",\"below\":\"2500\"}");

        assertThat((List<?>) ada.asks().get("/rules").jsonPath().getList("items.id"))
                .isEqualTo(before);
    }

    @Test
    void whatPostRefusesIsRefusedHereToo() {
        ada.sends(
                        "{\"name\":\"x\",\"condition\":{\"type\":\"price\"},\"levels\":[{\"severity\":\"warning\",\"below\":1}]}")
                .post("/rules/preview")
                .then()
                .statusCode(422)
                .body("errors.pointer", hasItem("/condition/asset"));
    }

    private void borrow() {
        ada.sends(LOAN).post("/positions").then().statusCode(201);
    }

    private void publish(MarketSnapshot snapshot) {
        market.offer(1, snapshot);
    }

    private ValidatableResponse asset(String condition, String level) {
        return post("{\"name\":\"x\",\"condition\":%s,\"levels\":[%s]}".formatted(condition, level));
    }

    private ValidatableResponse preview(String watches, String condition, String levels) {
        return post("{\"name\":\"x\",\"watches\":%s,\"condition\":%s,\"levels\":[%s]}"
                .formatted(watches, condition, levels));
    }

    private ValidatableResponse post(String body) {
        return ada.sends(body).post("/rules/preview").then().statusCode(200);
    }
}
