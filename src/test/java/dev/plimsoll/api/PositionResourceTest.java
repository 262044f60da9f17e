package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.risk.Given;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class PositionResourceTest {
    private static final String LOAN = """
            {"kind":"declared","name":"ETH loan",
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
        market.offer(1, Given.market("ETH 2981.11", "USDC 1", "BTC 60000"));
    }

    @Test
    void theLoanOfTheContractIsJudgedAsTheContractSays() {
        var response = ada.sends(LOAN).post("/positions");

        response.then()
                .statusCode(201)
                .header("Location", startsWith("/api/v1/positions/"))
                .header("ETag", "\"1\"")
                .body("health.judgement", equalTo("judged"))
                .body("health.liquidatable", equalTo(false))
                .body("health.healthFactor", equalTo("1.2297"))
                .body("health.marketHealthFactor", equalTo("1.2297"))
                .body("health.loanToValue", equalTo("0.6709"))
                .body("health.collateralValue", equalTo("29811.10"))
                .body("health.debtValue", equalTo("20000.00"))
                .body("health.equity", equalTo("9811.10"))
                .body("health.leverage", equalTo("3.04"))
                .body("health.liquidationPrices[0].alone", equalTo("2424.25"))
                .body("health.liquidationPrices[0].distancePercent", equalTo("18.67"))
                .body("health.advice.options[0].amount", equalTo("3603.895"))
                .body("coverage.rules", equalTo(0))
                .body("coverage.problem", equalTo("no rule"))
                .body("key", nullValue())
                .body("createdAt", notNullValue());
    }

    @Test
    void allThreeNotationsGiveTheSameHealth() {
        var threshold =
                ada.sends(inNotation("\"liquidationThreshold\":\"0.8\"")).post("/positions");
        var ratio = ada.sends(inNotation("\"liquidationRatio\":\"1.25\"")).post("/positions");
        var margin = ada.sends(inNotation("\"maintenanceMargin\":0.2")).post("/positions");

        assertThat(List.of(threshold, ratio, margin))
                .extracting(it -> it.path("health.healthFactor"))
                .containsOnly("1.1924");
        ratio.then().body("collateral[0].liquidationRatio", equalTo("1.25"));
        margin.then().body("collateral[0].maintenanceMargin", equalTo("0.2"));
    }

    @Test
    void anAssetIsFoundByAnotherSymbolAndByItsToken() {
        var body = """
                {"kind":"declared","name":"two names",
                 "collateral":[{"asset":"weth","amount":1,"liquidationThreshold":0.8}],
                 "debt":[{"asset":"ethereum:0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48","amount":"1000"}]}""";

        ada.sends(body)
                .post("/positions")
                .then()
                .statusCode(201)
                .body("collateral[0].asset", equalTo("ETH"))
                .body("debt[0].asset", equalTo("USDC"));
    }

    @Test
    void everyFaultIsToldAtOnceWithItsPlace() {
        var body = """
                {"kind":"declared","colateral":[],"targetHealthFactor":"0.9",
                 "collateral":[{"asset":"ETHH","amount":"-1","liquidationThreshold":"82.5"},
                               {"asset":"BTC","amount":"1","liquidationRatio":"1.5","maintenanceMargin":"0.1"}],
                 "debt":[{"asset":"USDC","amount":"1e50"},{"asset":"DAI","amount":true}]}""";

        ada.sends(body)
                .post("/positions")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/invalid"))
                .body(
                        "errors.pointer",
                        hasItems(
                                "/name",
                                "/colateral",
                                "/targetHealthFactor",
                                "/collateral/0/asset",
                                "/collateral/0/amount",
                                "/collateral/0/liquidationThreshold",
                                "/collateral/1",
                                "/debt/0/amount",
                                "/debt/1/amount"))
                .body("errors.detail", hasItem(containsString("did you mean 'ETH'")))
                .body("errors.detail", hasItem(containsString("did you mean 'collateral'")))
                .body("errors.detail", hasItem(containsString("0.825 for 82.5 %")));
    }

    @Test
    void theSameAssetTwiceIsRefusedAlsoUnderAnotherSymbol() {
        var body = """
                {"kind":"declared","name":"twice",
                 "collateral":[{"asset":"ETH","amount":"1","liquidationThreshold":"0.8"},
                               {"asset":"WETH","amount":"1","liquidationThreshold":"0.8"}]}""";

        ada.sends(body)
                .post("/positions")
                .then()
                .statusCode(422)
                .body("errors", hasSize(1))
                .body("errors[0].pointer", equalTo("/collateral"))
                .body("detail", containsString("twice: ETH"));
    }

    @Test
    void whatIsNotBuiltIsSaidToBeNotBuilt() {
        var venue = ada.sends("{\"kind\":\"hyperliquid\",\"name\":\"x\"}").post("/positions");
        var chainlink = ada.sends(LOAN.replace("\"name\"", "\"priceSource\":\"chainlink\",\"name\""))
                .post("/positions");
        var unknown = ada.sends("{\"kind\":\"perpetuall\",\"name\":\"x\"}").post("/positions");

        venue.then().statusCode(422).body("type", equalTo("/problems/not-yet"));
        chainlink.then().statusCode(422).body("type", equalTo("/problems/not-yet"));
        unknown.then().statusCode(422).body("errors.detail", hasItem(containsString("did you mean 'perpetual'")));
    }

    @Test
    void withoutAPriceNothingIsInvented() {
        market.offer(1, Given.market("ETH ?", "USDC 1"));

        var response = ada.sends(LOAN).post("/positions");

        response.then()
                .statusCode(201)
                .body("health.judgement", equalTo("unknown"))
                .body("health.why", containsString("ETH"))
                .body("health.healthFactor", nullValue());
    }

    @Test
    void adjustAnswersTheWholePositionWithItsNewHealth() {
        var id = create(LOAN);

        ada.sends("{\"repay\":[{\"asset\":\"USDC\",\"amount\":\"3603.90\"}]}")
                .post("/positions/" + id + "/adjust")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("debt[0].amount", equalTo("16396.1"))
                .body("health.healthFactor", equalTo("1.5000"));
    }

    @Test
    void aRepeatedAdjustmentWithItsIdempotencyKeyIsMadeOnce() {
        var id = create(LOAN);

        for (var attempt = 0; attempt < 2; attempt++) {
            ada.sends("{\"repay\":[{\"asset\":\"USDC\",\"amount\":\"100\"}]}")
                    .header("Idempotency-Key", "repayment-of-monday")
                    .post("/positions/" + id + "/adjust")
                    .then()
                    .statusCode(200)
                    .body("debt[0].amount", equalTo("19900"));
        }

        ada.asks().get("/positions/" + id).then().header("ETag", "\"2\"").body("debt[0].amount", equalTo("19900"));
    }

    @Test
    void whoAdjustsNothingSaysThatItIsStillTrue() {
        var id = create(LOAN);

        ada.sends("{}")
                .post("/positions/" + id + "/adjust")
                .then()
                .statusCode(200)
                .body("collateral[0].amount", equalTo("10"))
                .body("debt[0].amount", equalTo("20000"));
        ada.sends("{\"repaid\":[]}").post("/positions/" + id + "/adjust").then().statusCode(422);
    }

    @Test
    void adjustIsAllOrNothing() {
        var id = create(LOAN);
        var body =
                "{\"deposit\":[{\"asset\":\"ETH\",\"amount\":\"5\"}],\"repay\":[{\"asset\":\"USDC\",\"amount\":\"20001\"}]}";

        var refused = ada.sends(body).post("/positions/" + id + "/adjust");

        refused.then()
                .statusCode(422)
                .body("detail", equalTo("You repay 20001 USDC but owe 20000 USDC."))
                .body("errors[0].pointer", equalTo("/repay/0"));
        ada.asks().get("/positions/" + id).then().header("ETag", "\"1\"").body("collateral[0].amount", equalTo("10"));
    }

    @Test
    void repayingAllOfItLeavesNoDebt() {
        var id = create(LOAN);

        ada.sends("{\"repay\":[{\"asset\":\"USDC\",\"amount\":20000}]}")
                .post("/positions/" + id + "/adjust")
                .then()
                .statusCode(200)
                .body("debt", hasSize(0))
                .body("health.judgement", equalTo("no-debt"));
    }

    @Test
    void anOldEtagIsRefusedAndTheNewOneTaken() {
        var id = create(LOAN);
        ada.sends("{\"name\":\"renamed\"}").patch("/positions/" + id).then().statusCode(200);

        var old = ada.sends("{\"name\":\"again\"}").header("If-Match", "\"1\"").patch("/positions/" + id);
        var present = ada.sends(LOAN).header("If-Match", "\"2\"").put("/positions/" + id);

        old.then().statusCode(412).body("type", equalTo("/problems/precondition-failed"));
        present.then().statusCode(200).header("ETag", "\"3\"").body("name", equalTo("ETH loan"));
    }

    @Test
    void patchChangesWhatIsNamedAndNullClears() {
        var id = create(LOAN.replace("\"name\"", "\"key\":\"k\",\"labels\":{\"team\":\"treasury\"},\"name\""));

        ada.sends("{\"key\":null,\"targetHealthFactor\":\"2\"}")
                .patch("/positions/" + id)
                .then()
                .statusCode(200)
                .body("key", nullValue())
                .body("labels.team", equalTo("treasury"))
                .body("targetHealthFactor", equalTo("2"))
                .body("debt[0].amount", equalTo("20000"));
    }

    @Test
    void anothersPositionIsNotThere() throws Throwable {
        var id = create(LOAN);
        var bob = Customer.signUp(engine);

        var answers = List.of(
                bob.asks().get("/positions/" + id),
                bob.sends(LOAN).put("/positions/" + id),
                bob.sends("{}").patch("/positions/" + id),
                bob.sends("{\"repay\":[{\"asset\":\"USDC\",\"amount\":1}]}").post("/positions/" + id + "/adjust"),
                bob.asks().delete("/positions/" + id),
                bob.asks().get("/positions/nonsense"));

        assertThat(answers).extracting(it -> it.statusCode()).containsOnly(404);
        ada.asks().get("/positions/" + id).then().statusCode(200).header("ETag", "\"1\"");
    }

    @Test
    void theCursorWalksTheListOnce() {
        var made = new ArrayList<String>();
        for (var i = 0; i < 5; i++) {
            made.add(create(LOAN));
        }

        var seen = new ArrayList<String>();
        String next = "";
        while (next != null) {
            var page =
                    ada.asks().queryParam("limit", 2).queryParams(after(next)).get("/positions");
            seen.addAll(page.path("items.id"));
            next = page.path("next");
        }

        assertThat(seen).isEqualTo(made);
    }

    @Test
    void aKeyIsTakenOnce() {
        var body = LOAN.replace("\"name\"", "\"key\":\"loan-1\",\"name\"");
        create(body);

        ada.sends(body)
                .post("/positions")
                .then()
                .statusCode(409)
                .body("detail", equalTo("Another position of your account has this 'key'. Choose another."));
    }

    @Test
    void aRepeatedRequestMakesOnePosition() {
        var first = ada.sends(LOAN).header("Idempotency-Key", "once").post("/positions");
        var again = ada.sends(LOAN).header("Idempotency-Key", "once").post("/positions");

        again.then().statusCode(201).body("id", equalTo(first.path("id")));
        ada.asks().get("/positions").then().body("items.id", contains((String) first.path("id")));
    }

    @Test
    void aDeletedPositionIsGone() {
        var id = create(LOAN);

        ada.asks().delete("/positions/" + id).then().statusCode(204);

        ada.asks().get("/positions/" + id).then().statusCode(404);
    }

    @Test
    void coverageSaysWhatIsMissing() {
        ada.sends("""
                        {"name":"warn","watches":"all","condition":{"type":"health-factor"},
                         "levels":[{"severity":"warning","below":"1.10"}]}""").post("/rules").then().statusCode(201);

        ada.sends(LOAN)
                .post("/positions")
                .then()
                .body("coverage.rules", equalTo(1))
                .body("coverage.reachableChannels", equalTo(0))
                .body("coverage.problem", equalTo("no active channel"));
    }

    private String create(String body) {
        return ada.sends(body)
                .post("/positions")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static String inNotation(String notation) {
        return LOAN.replace("\"liquidationThreshold\":\"0.825\"", notation);
    }

    private static java.util.Map<String, String> after(String cursor) {
        return cursor.isEmpty() ? java.util.Map.of() : java.util.Map.of("after", cursor);
    }
}
