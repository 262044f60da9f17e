package dev.plimsoll.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.risk.Given;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(ApiProfile.class)
class SimulationTest {
    private static final String LOAN = """
            {"kind":"declared","name":"ETH loan",
             "collateral":[{"asset":"ETH","amount":"10","liquidationThreshold":"0.825"}],
             "debt":[{"asset":"USDC","amount":"20000"}]}""";

    private static final String MIXED = """
            {"kind":"declared",
             "collateral":[{"asset":"wstETH","amount":"10","liquidationThreshold":"0.8"},
                           {"asset":"LINK","amount":"100","liquidationThreshold":"0.5"}],
             "debt":[{"asset":"BTC","amount":"0.1"}]}""";

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Inject
    LatestMarket market;

    private Customer ada;

    @BeforeEach
    void signUp() throws Throwable {
        ada = Customer.signUp(engine);
        publish(Given.market("ETH 2981.11", "wstETH 3600", "BTC 60000", "LINK 20", "USDC 1"));
    }

    @Test
    void aFallShowsHowTheLoanStoodAndHowItWouldStand() {
        simulate("{\"shocks\":[{\"asset\":\"ETH\",\"changePercent\":\"-20\"}]}")
                .statusCode(200)
                .body("before.healthFactor", equalTo("1.2297"))
                .body("after.healthFactor", equalTo("0.9837"))
                .body("after.liquidatable", equalTo(true))
                .body("after.liquidationPrices[0].alone", equalTo("2424.25"))
                .body("after.prices[0].price", equalTo("2384.888"))
                .body("moved", hasSize(1))
                .body("moved[0].asset", equalTo("ETH"))
                .body("moved[0].held", equalTo(true))
                .body("moved[0].changePercent", equalTo("-20"))
                .body("moved[0].from", equalTo("2981.11"))
                .body("moved[0].to", equalTo("2384.888"));
    }

    @Test
    void nothingIsStored() {
        var id = borrow();

        simulate(id, "{\"repay\":[{\"asset\":\"USDC\",\"amount\":\"5000\"}]}").statusCode(200);

        ada.asks()
                .get("/positions/" + id)
                .then()
                .body("debt[0].amount", equalTo("20000"))
                .body("version", nullValue());
    }

    @Test
    void allOfItHappensAtOnce() {
        simulate("""
                {"shocks":[{"asset":"ETH","price":"2500"}],
                 "repay":[{"asset":"USDC","amount":"5000"}],"deposit":[{"asset":"ETH","amount":"1"}]}""")
                .statusCode(200)
                .body("after.debtValue", equalTo("15000.00"))
                .body("after.collateralValue", equalTo("27500.00"))
                .body("after.healthFactor", equalTo("1.5125"));
    }

    @Test
    void whatIsBorrowedAnewIsShockedToo() {
        simulate("""
                {"shocks":[{"asset":"BTC","changePercent":50}],
                 "borrow":[{"asset":"BTC","amount":"0.01"}],"repay":[{"asset":"USDC","amount":"19100"}]}""")
                .statusCode(200)
                .body("after.debtValue", equalTo("1800.00"))
                .body("moved[0].held", equalTo(true));
    }

    @Test
    void anAssetTakesItsGroupAlongUnlessOnlyItIsMeant() {
        inline(MIXED, "\"shocks\":[{\"asset\":\"ETH\",\"changePercent\":\"-10\"}]")
                .statusCode(200)
                .body("moved.asset", contains("ETH", "wstETH"))
                .body("moved.held", contains(false, true))
                .body("after.collateralValue", equalTo("34400.00"));
        inline(MIXED, "\"shocks\":[{\"asset\":\"ETH\",\"changePercent\":\"-10\",\"only\":true}]")
                .body("moved.asset", contains("ETH"))
                .body("after.collateralValue", equalTo("38000.00"));
    }

    @Test
    void everythingFallsButTheDollar() {
        inline(MIXED, "\"shocks\":[{\"group\":\"all\",\"changePercent\":\"-30\"}]")
                .statusCode(200)
                .body("moved.asset", contains("BTC", "LINK", "wstETH"));
        inline(LOAN, "\"shocks\":[{\"group\":\"all\",\"changePercent\":\"-30\"}]")
                .body("moved.asset", contains("ETH"));
        inline(LOAN, "\"shocks\":[{\"group\":\"usd\",\"changePercent\":\"2\"}]").body("moved.asset", contains("USDC"));
    }

    @Test
    void anybodyMayAskWithoutAnAccountAndWithoutAnythingHappening() {
        inline(LOAN, "")
                .statusCode(200)
                .body("before.healthFactor", equalTo("1.2297"))
                .body("after.healthFactor", equalTo("1.2297"))
                .body("moved", hasSize(0));
    }

    @Test
    void sourcesThatDisagreeStillDisagree() {
        publish(Given.market("ETH 2900..3100", "USDC 1"));

        inline(LOAN, "\"shocks\":[{\"asset\":\"ETH\",\"changePercent\":\"-50\"}]")
                .body("before.range.low", equalTo("1.1962"))
                .body("before.range.high", equalTo("1.2787"))
                .body("after.range.low", equalTo("0.5981"))
                .body("after.range.high", equalTo("0.6393"));
    }

    @Test
    void whatIsUnknownBeforeSaysSoWithWhatIsLastKnown() {
        publish(Given.market("ETH 2981.11", "USDC 1"));
        var seen = market.snapshot().orElseThrow();
        publish(new MarketSnapshot(seen.tick(), Given.market("ETH ?", "USDC 1").assets(), seen.past(), seen.drift()));

        simulate("{\"shocks\":[{\"asset\":\"ETH\",\"changePercent\":\"-20\"}]}")
                .statusCode(200)
                .body("before.judgement", equalTo("unknown"))
                .body("before.why", containsString("no believable price of ETH"))
                .body("before.healthFactor", nullValue())
                .body("before.lastKnown.healthFactor", equalTo("1.2297"))
                .body("after.judgement", equalTo("unknown"))
                .body("after.lastKnown", nullValue())
                .body("moved[0].why", equalTo("no believable price of ETH to start from"));
    }

    @Test
    void aSupposedPriceNeedsNoSource() {
        publish(Given.market("ETH ?", "USDC 1"));

        simulate("{\"shocks\":[{\"asset\":\"ETH\",\"price\":\"2981.11\"}]}")
                .body("before.judgement", equalTo("unknown"))
                .body("after.judgement", equalTo("judged"))
                .body("after.healthFactor", equalTo("1.2297"));
    }

    @Test
    void aLoanThatIsPaidBackHasNoHealthFactor() {
        simulate("{\"repay\":[{\"asset\":\"USDC\",\"amount\":\"20000\"}]}")
                .body("after.judgement", equalTo("no-debt"))
                .body("after.collateralValue", equalTo("29811.10"));
    }

    @Test
    void contractsAreShockedAsLoansAreAndBorrowNothing() {
        var contract = """
                {"kind":"perpetual","legs":[{"asset":"ETH","side":"long","size":"5","entryPrice":"3000"}],
                 "margin":"2000","maintenanceMarginRate":"0.03"}""";

        inline(contract, "\"shocks\":[{\"asset\":\"ETH\",\"changePercent\":\"-15\"}]")
                .statusCode(200)
                .body("before.healthFactor", equalTo("4.2613"))
                .body("before.liquidatable", equalTo(false))
                .body("after.liquidatable", equalTo(true));
        inline(contract, "\"borrow\":[{\"asset\":\"USDC\",\"amount\":\"1\"}]")
                .statusCode(422)
                .body("errors.detail", hasItem(containsString("Perpetual contracts borrow nothing")));
    }

    @Test
    void anotherAccountsPositionIsNotThere() throws Throwable {
        var id = borrow();

        Customer.signUp(engine)
                .sends("{\"shocks\":[{\"group\":\"all\",\"changePercent\":-10}]}")
                .post("/positions/" + id + "/simulate")
                .then()
                .statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                             |                      | Say what happens",
                "{\"shocks\":[]}                                                | /shocks              | 1 to 20",
                "{\"shocks\":[{}]}                                              | /shocks/0            | exactly one of 'asset' and 'group'",
                "{\"shocks\":[{\"asset\":\"ETH\"}]}                             | /shocks/0            | exactly one of 'changePercent' and 'price'",
                "{\"shocks\":[{\"asset\":\"ETH\",\"price\":1,\"changePercent\":1}]} | /shocks/0        | exactly one of 'changePercent' and 'price'",
                "{\"shocks\":[{\"asset\":\"ETH\",\"group\":\"all\",\"changePercent\":1}]} | /shocks/0 | exactly one of 'asset' and 'group'",
                "{\"shocks\":[{\"asset\":\"ETHH\",\"changePercent\":1}]}        | /shocks/0/asset      | did you mean 'ETH'",
                "{\"shocks\":[{\"group\":\"ETHH\",\"changePercent\":1}]}        | /shocks/0/group      | Did you mean 'ETH'",
                "{\"shocks\":[{\"group\":\"all\",\"price\":1}]}                 | /shocks/0/price      | no price of its own",
                "{\"shocks\":[{\"group\":\"all\",\"changePercent\":1,\"only\":true}]} | /shocks/0/only | moves as a whole",
                "{\"shocks\":[{\"asset\":\"ETH\",\"changePercent\":-100}]}      | /shocks/0/changePercent | less than 100 %",
                "{\"shocks\":[{\"asset\":\"ETH\",\"changePercent\":\"1e999999999\"}]} | /shocks/0/changePercent | Expected a decimal",
                "{\"shocks\":[{\"asset\":\"ETH\",\"changePercent\":10001}]}     | /shocks/0/changePercent | At most 10000",
                "{\"shocks\":[{\"asset\":\"ETH\",\"price\":0}]}                 | /shocks/0/price      | more than 0",
                "{\"shocks\":[{\"asset\":\"ETH\",\"price\":\"1e13\"}]}          | /shocks/0/price      | from 10^-18",
                "{\"shocks\":[{\"asset\":\"ETH\",\"changePercent\":1},{\"asset\":\"ETH\",\"changePercent\":2}]} | /shocks/1 | ETH would move twice",
                "{\"shock\":[]}                                                 | /shock               | did you mean 'shocks'",
                "{\"repay\":[{\"asset\":\"USDC\",\"amount\":\"20001\"}]}        | /repay/0             | but owe 20000 USDC",
                "{\"withdraw\":[{\"asset\":\"ETH\",\"amount\":\"10\"}]}         |                      | debt without any collateral",
                "{\"deposit\":[{\"asset\":\"LINK\",\"amount\":\"10\"}]}         | /deposit/0           | not among the collateral"
            })
    void whatMakesNoSenseIsRefusedWithASentence(String body, String pointer, String sentence) {
        simulate(body)
                .statusCode(422)
                .body("errors.detail", hasItem(containsString(sentence)))
                .body("errors.pointer", hasItem(pointer == null ? "" : pointer));
    }

    @Test
    void whoSaysWhatHappensIsNotAskedForItAgain() {
        simulate("{\"shocks\":[{\"asset\":\"ETH\",\"changePercent\":-150}]}")
                .statusCode(422)
                .body("errors", hasSize(1))
                .body("detail", containsString("A price falls by less than 100 %"));
    }

    @Test
    void faultsOfMovesAndOfShocksAreToldAtOnce() {
        simulate("""
                {"shocks":[{"asset":"ETH","changePercent":1},{"asset":"WETH","price":2}],
                 "repay":[{"asset":"BTC","amount":"1"}]}""").statusCode(422).body("errors.pointer", hasItems("/shocks/1", "/repay/0"));
    }

    @Test
    void anInlinePositionIsReadAsStrictlyAsADeclaredOne() {
        inline(
                        "{\"kind\":\"declared\",\"collateral\":[{\"asset\":\"ETH\",\"amount\":0,\"liquidationThreshold\":7}]}",
                        "")
                .statusCode(422)
                .body(
                        "errors.pointer",
                        hasItems("/position/collateral/0/amount", "/position/collateral/0/liquidationThreshold"));
        given().contentType(ContentType.JSON)
                .body("{}")
                .post(Ada.BASE + "/simulate")
                .then()
                .statusCode(422)
                .body("errors.pointer", hasItem("/position"));
    }

    @Test
    void anybodysQuestionsAreCounted() {
        var left = inline(LOAN, "").extract().header("RateLimit");

        assertThat(left).contains("address");
    }

    @Test
    void aReadingKeyMaySimulate() {
        var id = borrow();
        var key = ada.sends("{\"name\":\"k\",\"scope\":\"read\"}")
                .post("/account/keys")
                .jsonPath()
                .getString("apiKey");

        new Customer(ada.account(), key)
                .sends("{\"shocks\":[{\"group\":\"all\",\"changePercent\":-10}]}")
                .post("/positions/" + id + "/simulate")
                .then()
                .statusCode(200)
                .body("after", notNullValue());
    }

    private void publish(MarketSnapshot snapshot) {
        market.offer(1, snapshot);
    }

    private String borrow() {
        return ada.sends(LOAN)
                .post("/positions")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private ValidatableResponse simulate(String body) {
        return simulate(borrow(), body);
    }

    private ValidatableResponse simulate(String id, String body) {
        return ada.sends(body).post("/positions/" + id + "/simulate").then();
    }

    private static ValidatableResponse inline(String position, String happens) {
        return given().contentType(ContentType.JSON)
                .body("{\"position\":" + position + (happens.isEmpty() ? "" : "," + happens) + "}")
                .post(Ada.BASE + "/simulate")
                .then();
    }
}
