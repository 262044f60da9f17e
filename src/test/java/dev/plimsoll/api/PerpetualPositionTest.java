package dev.plimsoll.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.risk.Given;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class PerpetualPositionTest {
    private static final String LONG = """
            {"kind":"perpetual","name":"ETH long","legs":[{"asset":"ETH","side":"long","size":"5","entryPrice":"3000"}],
             "margin":"2000","maintenanceMarginRate":"0.03","closingFeeRate":"0.0005","fundingOwed":"10"}""";

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Inject
    LatestMarket market;

    private Customer ada;

    @BeforeEach
    void signUp() throws Throwable {
        ada = Customer.signUp(engine);
        market.offer(1, Given.market("ETH 3000", "USDC 1", "BTC 60000"));
    }

    @Test
    void itIsJudgedByItsEquityOverWhatItMustCover() {
        var response = ada.sends(LONG).post("/positions");

        response.then()
                .statusCode(201)
                .body("kind", equalTo("perpetual"))
                .body("legs[0].side", equalTo("long"))
                .body("margin", equalTo("2000"))
                .body("health.healthFactor", equalTo("4.3497"))
                .body("health.marginRatio", equalTo("0.1326"))
                .body("health.equity", equalTo("1990.00"))
                .body("health.leverage", equalTo("7.54"))
                .body("health.liquidationPrices[0].direction", equalTo("below"))
                .body("health.liquidationPrices[0].alone", equalTo("2683.86"))
                .body("health.loanToValue", nullValue())
                .body("health.debtValue", nullValue());
    }

    @Test
    void adviceNearLiquidationIsMarginOrSize() {
        market.offer(1, Given.market("ETH 2690"));

        var response = ada.sends(LONG).post("/positions");

        response.then()
                .body("health.healthFactor", equalTo("1.0725"))
                .body("health.advice.options.do", contains("add-margin", "reduce"))
                .body("health.advice.options.asset", contains("USD", "ETH"))
                .body("health.advice.options[1].side", equalTo("long"))
                .body("health.advice.options.healthFactorAfter", hasItem("1.50"));
    }

    @Test
    void itIsReadChangedAndReplaced() {
        String id = ada.sends(LONG).post("/positions").path("id");

        ada.sends("{\"margin\":\"2500\"}")
                .patch("/positions/" + id)
                .then()
                .statusCode(200)
                .body("margin", equalTo("2500"))
                .body("legs[0].size", equalTo("5"));
        ada.sends(LONG.replace("\"long\"", "\"short\""))
                .put("/positions/" + id)
                .then()
                .statusCode(200)
                .body("health.liquidationPrices[0].direction", equalTo("above"));
        ada.asks().get("/positions/" + id).then().body("legs[0].side", equalTo("short"));
    }

    @Test
    void whatMakesNoSenseIsRefusedAllAtOnce() {
        var body = """
                {"kind":"perpetual","name":"x","legs":[{"asset":"ETH","side":"sideways","size":"0","entryPrice":"-3"}],
                 "margin":"0","maintenanceMarginRate":"3","closingFeeRate":"7","fundingOwed":"1e30"}""";

        var response = ada.sends(body).post("/positions");

        response.then()
                .statusCode(422)
                .body(
                        "errors.pointer",
                        hasItems(
                                "/legs/0/side",
                                "/legs/0/size",
                                "/legs/0/entryPrice",
                                "/margin",
                                "/maintenanceMarginRate",
                                "/closingFeeRate",
                                "/fundingOwed"));
    }

    @Test
    void maintenanceAndFeeThatLeaveNothingAreRefused() {
        var body = LONG.replace("\"0.03\"", "\"0.96\"").replace("\"0.0005\"", "\"0.05\"");

        ada.sends(body)
                .post("/positions")
                .then()
                .statusCode(422)
                .body("errors[0].detail", containsString("together stay below 1"));
    }

    @Test
    void anAssetStandsOnceASide() {
        var leg = "{\"asset\":\"ETH\",\"side\":\"long\",\"size\":\"5\",\"entryPrice\":\"3000\"}";

        ada.sends(LONG.replace(leg, leg + "," + leg))
                .post("/positions")
                .then()
                .statusCode(422)
                .body("errors[0].detail", containsString("twice: ETH"));
    }

    @Test
    void addedMarginIsPartOfItFromThenOn() {
        String id = ada.sends(LONG).post("/positions").path("id");

        ada.sends("{\"deposit\":[{\"asset\":\"USD\",\"amount\":\"500.5\"}]}")
                .post("/positions/" + id + "/adjust")
                .then()
                .statusCode(200)
                .body("margin", equalTo("2500.5"))
                .body("legs[0].size", equalTo("5"))
                .body("fundingOwed", equalTo("10"))
                .body("health.equity", equalTo("2490.50"));
        ada.sends("{\"withdraw\":[{\"asset\":\"USD\",\"amount\":\"1000\"}]}")
                .post("/positions/" + id + "/adjust")
                .then()
                .body("margin", equalTo("1500.5"));
    }

    @Test
    void whatDoesNotChangeAMarginIsRefusedAllAtOnce() {
        String id = ada.sends(LONG).post("/positions").path("id");

        var response = ada.sends("""
                {"repay":[{"asset":"USDC","amount":"1"}],"borrow":[{"asset":"USD","amount":"1"}],
                 "deposit":[{"asset":"ETH","amount":"1"}],"withdraw":[{"asset":"USD","amount":"2000"}]}""").post("/positions/" + id + "/adjust");

        response.then()
                .statusCode(422)
                .body("errors.pointer", contains("/borrow/0", "/deposit/0", "/repay/0", "/withdraw/0"))
                .body("errors[0].detail", startsWith("Perpetual contracts borrow nothing. 'deposit' and 'withdraw'"))
                .body("errors[1].detail", containsString("counted in USD, not in ETH"))
                .body("errors[2].detail", startsWith("Perpetual contracts owe nothing that is repaid."))
                .body("errors[3].detail", startsWith("You withdraw 2000 USD but the margin is 2000 USD"));
        ada.asks().get("/positions/" + id).then().body("margin", equalTo("2000"));
    }

    @Test
    void aSimulationShowsWhatMoreMarginWouldDoAndStoresNothing() {
        String id = ada.sends(LONG).post("/positions").path("id");
        var body = """
                {"shocks":[{"asset":"ETH","changePercent":"-10"}],"deposit":[{"asset":"USD","amount":"1000"}]}""";

        ada.sends(body)
                .post("/positions/" + id + "/simulate")
                .then()
                .statusCode(200)
                .body("before.equity", equalTo("1990.00"))
                .body("after.equity", equalTo("1490.00"))
                .body("after.healthFactor", equalTo("3.6187"));
        ada.asks().get("/positions/" + id).then().body("margin", equalTo("2000"));
    }

    @Test
    void anybodyMaySimulateContracts() {
        var body = "{\"position\":" + LONG + ",\"withdraw\":[{\"asset\":\"USD\",\"amount\":\"1600\"}]}";

        given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/simulate")
                .then()
                .statusCode(200)
                .body("before.liquidatable", equalTo(false))
                .body("after.liquidatable", equalTo(true))
                .body("after.equity", equalTo("390.00"));
    }

    @Test
    void aLoanHasNoMargin() {
        var body = """
                {"position":{"kind":"declared","collateral":[{"asset":"ETH","amount":"10","liquidationThreshold":"0.8"}],
                             "debt":[{"asset":"USDC","amount":"20000"}]},
                 "deposit":[{"asset":"USD","amount":"1"}],"borrow":[{"asset":"USD","amount":"1"}]}""";

        given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/simulate")
                .then()
                .statusCode(422)
                .body("errors[0].detail", containsString("such as USDC"))
                .body("errors[1].detail", containsString("Only perpetual contracts have a margin"));
    }
}
