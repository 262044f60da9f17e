package dev.plimsoll.api;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.plimsoll.market.Extremes;
import dev.plimsoll.market.PriceMinute;
import dev.plimsoll.market.PriceMinute.Believed;
import dev.plimsoll.market.PriceStore;
import dev.plimsoll.unit.Asset;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In an application that no other test tells of a market: theirs may be of these very days. */
@QuarkusTest
@TestProfile(PagersProfile.class)
class RuleBacktestTest {

    private static final String WARNING = """
            {"name":"warn me","condition":{"type":"health-factor"},
             "levels":[{"severity":"warning","below":"1.20"},{"severity":"critical","below":"1.05"}]}""";

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Inject
    PriceStore recorded;

    private Customer ada;

    @BeforeEach
    void signUp() throws Throwable {
        ada = Customer.signUp(engine);
        forget();
    }

    @AfterEach
    void forget() throws Throwable {
        subscribeAndAwait(() -> engine.query("delete from price").execute());
    }

    @Test
    void aCrashSaysWhenItWouldHaveFiredAndHowLongBeforeTheLiquidation() {
        borrow("ETH", "10", "USDC", "20000");

        backtest(WARNING, "\"crash\":\"2025-02-03\"")
                .body("title", equalTo("the tariff crash of 2 to 3 February 2025"))
                .body("dataFrom", equalTo("2025-02-02T12:00:00Z"))
                .body("dataTo", equalTo("2025-02-04T00:00:00Z"))
                .body("prices.asset", contains("ETH", "USDC"))
                .body("prices[0].from", equalTo("Binance spot ETH/USDT, bars of 5 minutes"))
                .body("items[0].subject.name", equalTo("ETH loan"))
                .body("items[0].firstFired", equalTo("2025-02-02T19:25:00Z"))
                .body("items[0].liquidatedAt", equalTo("2025-02-03T01:55:00Z"))
                .body("items[0].leadTime", equalTo("PT4H10M"))
                .body("items[0].wouldHaveCost", equalTo("2001.00"))
                .body("items[0].minutes.judged", equalTo(840))
                .body("items[0].minutes.unknown", equalTo(0))
                .body("items[0].transitions[0].type", equalTo("alert.firing"))
                .body("items[0].transitions[0].severity", equalTo("warning"))
                .body("items[0].transitions[0].prices.asset", contains("ETH", "USDC"))
                .body("items[0].text", startsWith("It would have fired 2 times, first at 2025-02-02 19:25 UTC"))
                .body("note", containsString("USDT counts as 1 USD"));
    }

    @Test
    void anAssetThatTheCrashDoesNotHaveIsNamedWithTheCrashesThatHaveIt() {
        borrow("RENDER", "1000", "DAI", "100");

        ask(WARNING, "\"crash\":\"2021-05-19\"")
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/crash"))
                .body(
                        "detail",
                        equalTo("The crash '2021-05-19' has no prices of RENDER."
                                + " Prices of DAI and RENDER are in '2025-02-03'."));
    }

    @Test
    void ofSeveralPositionsThoseThatCanBeTriedAre() {
        borrow("RENDER", "1000", "DAI", "100");
        borrow("BTC", "1", "DAI", "100");

        backtest(WARNING, "\"crash\":\"2021-05-19\"")
                .body("items", hasSize(2))
                .body("items[0].subject.name", equalTo("BTC loan"))
                .body("items[0].text", equalTo("It would not have fired, and the position was never liquidatable."))
                .body("items[1].subject.name", equalTo("RENDER loan"))
                .body("items[1].text", startsWith("The crash '2021-05-19' has no prices of RENDER."));
    }

    @Test
    void aDollarCoinCountsAsADollarAndThatIsSaid() {
        borrow("BTC", "1", "USDC", "100");

        backtest(WARNING, "\"crash\":\"2023-03-11\"")
                .body("prices[1].from", equalTo("counted as 1 USD"))
                .body("note", containsString("USDC and DAI fell below 0.90 USD that weekend"));
    }

    @Test
    void aRuleOnAPriceIsTriedWithoutAnyPosition() {
        backtest("""
                        {"name":"low","condition":{"type":"price-change","asset":"ETH","direction":"down","within":"PT1H"},
                         "levels":[{"severity":"warning","percent":"15"}]}""", "\"crash\":\"2021-05-19\"")
                .body("items", hasSize(1))
                .body("items[0].subject.id", equalTo("ETH"))
                .body("items[0].firstFired", equalTo("2021-05-19T12:50:00Z"))
                .body("items[0]", not(hasKey("liquidatedAt")));
    }

    @Test
    void recordedPricesAreTriedAsFarAsTheyReach() throws Throwable {
        borrow("ETH", "10", "USDC", "20000");
        var noon = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(30, ChronoUnit.HOURS);
        record(minutes(noon, "ETH", 3000, 2900, 2500, 2300, 3000), minutes(noon, "USDC", 1, 1, 1, 1, 1));

        backtest(WARNING, "\"days\":3")
                .body("dataFrom", equalTo(noon.toString()))
                .body("dataTo", equalTo(noon.plusSeconds(300).toString()))
                .body("items[0].firstFired", equalTo(noon.plusSeconds(120).toString()))
                .body("items[0].liquidatedAt", equalTo(noon.plusSeconds(180).toString()))
                .body("items[0].leadTime", equalTo("PT1M"))
                .body("items[0].minutes.judged", equalTo(4));
    }

    @Test
    void withoutRecordedPricesThereIsNothingToTry() {
        borrow("ETH", "10", "USDC", "20000");

        ask(WARNING, "\"days\":2")
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/days"))
                .body("detail", equalTo("No price of ETH and USDC was recorded in the last 2 days."));
    }

    @Test
    void whatIsAskedIsReadStrictly() {
        ask(WARNING, "\"crash\":\"2021-05-20\"")
                .statusCode(422)
                .body("detail", allOf(containsString("'2020-03-12'"), containsString("did you mean '2021-05-19'?")));
        ask(WARNING, "\"days\":0").statusCode(422).body("detail", equalTo("Expected a whole number from 1 to 400."));
        ask(WARNING, "\"days\":3,\"crash\":\"2021-05-19\"")
                .statusCode(422)
                .body("detail", equalTo("Say either 'days' or 'crash', not both."));
        ask(WARNING, "\"day\":3").statusCode(422).body("errors.detail", hasItem(startsWith("Say on which prices")));
        ask("{\"name\":\"x\"}", "\"days\":3").statusCode(422).body("errors.pointer", hasItem("/rule/condition"));
    }

    @Test
    void aRuleThatIsAboutSourcesCannotBeTried() {
        ask("""
                        {"name":"skew","condition":{"type":"feed-skew"},"levels":[{"severity":"warning","after":"PT10M"}]}""", "\"crash\":\"2021-05-19\"")
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/rule/condition/type"))
                .body("detail", containsString("of the past only the price is kept that was believed"));
    }

    @Test
    void theSameQuestionHasTheSameAnswer() {
        borrow("ETH", "10", "USDC", "20000");

        var once = backtest(WARNING, "\"crash\":\"2025-02-03\"").extract().asString();
        var again = backtest(WARNING, "\"crash\":\"2025-02-03\"").extract().asString();

        assertThat(again).isEqualTo(once);
    }

    @Test
    void whoWatchesNothingIsToldSo() {
        backtest(WARNING, "\"crash\":\"2025-02-03\"")
                .body("items", hasSize(0))
                .body("dataFrom", nullValue())
                .body("note", startsWith("It watches no position now."));
    }

    private static Stream<PriceMinute> minutes(Instant from, String asset, int... closes) {
        return IntStream.range(0, closes.length)
                .mapToObj(i -> minute(from.plusSeconds(60L * i), asset, BigDecimal.valueOf(closes[i])));
    }

    private static PriceMinute minute(Instant at, String asset, BigDecimal usd) {
        return new PriceMinute(
                new Asset(asset), at, Optional.of(new Believed(new Extremes(usd, usd, usd, usd), usd)), Map.of());
    }

    @SafeVarargs
    private void record(Stream<PriceMinute>... minutes) throws Throwable {
        var all = Stream.of(minutes).flatMap(one -> one).toList();
        subscribeAndAwait(() -> engine.withTransaction(tx -> recorded.record(tx, all)));
    }

    private void borrow(String collateral, String amount, String debt, String owed) {
        ada.sends("""
                        {"kind":"declared","name":"%s loan",
                         "collateral":[{"asset":"%s","amount":"%s","liquidationThreshold":"0.825"}],
                         "debt":[{"asset":"%s","amount":"%s"}]}""".formatted(collateral, collateral, amount, debt, owed))
                .post("/positions")
                .then()
                .statusCode(201);
    }

    private ValidatableResponse backtest(String rule, String past) {
        return ask(rule, past).statusCode(200);
    }

    private ValidatableResponse ask(String rule, String past) {
        return ada.sends("{\"rule\":%s,%s}".formatted(rule, past))
                .post("/rules/backtest")
                .then();
    }
}
