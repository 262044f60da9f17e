package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.plimsoll.unit.Ids;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class RuleResourceTest {

    /** As the contract writes it. */
    private static final String RULE = """
            {"name":"warn me","watches":"all",
             "condition":{"type":"health-factor","basis":"protocol"},
             "levels":[{"severity":"warning","below":"1.30","clearAbove":"1.33","hold":"PT20S","clearHold":"PT5M","repeatEvery":"PT4H"},
                       {"severity":"critical","below":"1.10","hold":"PT0S","repeatEvery":"PT15M"}],
             "notifyResolved":true}""";

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    private Customer ada;

    @BeforeEach
    void signUp() throws Throwable {
        ada = Customer.signUp(engine);
    }

    @Test
    void theRuleOfTheContractIsReadBackWithItsDefaults() {
        var id = create(RULE);

        ada.asks()
                .get("/rules/" + id)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("watches", equalTo("all"))
                .body("condition.type", equalTo("health-factor"))
                .body("condition.basis", equalTo("protocol"))
                .body("levels.severity", contains("warning", "critical"))
                .body("levels[0].below", equalTo("1.3"))
                .body("levels[0].clearAbove", equalTo("1.33"))
                .body("levels[0].hold", equalTo("PT20S"))
                .body("levels[1].clearHold", equalTo("PT5M"))
                .body("channels", nullValue())
                .body("notifyResolved", equalTo(true));
    }

    @Test
    void aDistanceMayBeAutomaticOrANumber() {
        var body = """
                {"name":"near","watches":{"label":"team=treasury"},"condition":{"type":"liquidation-distance"},
                 "levels":[{"severity":"warning","percent":"auto"},{"severity":"critical","percent":7}]}""";

        ada.sends(body)
                .post("/rules")
                .then()
                .statusCode(201)
                .body("watches.label", equalTo("team=treasury"))
                .body("levels[0].percent", equalTo("auto"))
                .body("levels[1].percent", equalTo("7"));
    }

    @Test
    void aPriceRuleWatchesTheAssetItNames() {
        var body = """
                {"name":"ETH low","condition":{"type":"price","asset":"WETH"},"levels":[{"severity":"info","below":2000}]}""";

        ada.sends(body)
                .post("/rules")
                .then()
                .statusCode(201)
                .body("watches.asset", equalTo("ETH"))
                .body("condition.asset", equalTo("ETH"));
    }

    @Test
    void theConditionsOnAssetsAreReadBackWithTheirDefaults() {
        asset("{\"type\":\"price-change\",\"asset\":\"ETH\",\"within\":\"PT1H\"}", ",\"percent\":5")
                .statusCode(201)
                .body("watches.asset", equalTo("ETH"))
                .body("condition.direction", equalTo("either"))
                .body("condition.within", equalTo("PT1H"))
                .body("levels[0].percent", equalTo("5"));
        asset("{\"type\":\"price-divergence\",\"asset\":\"DAI\",\"source\":\"coinbase\"}", "")
                .statusCode(201)
                .body("condition.source", equalTo("coinbase"))
                .body("levels[0].bps", equalTo("auto"));
        asset("{\"type\":\"price-stale\",\"asset\":\"DAI\"}", "")
                .statusCode(201)
                .body("condition.source", nullValue())
                .body("levels[0].after", equalTo("auto"));
        asset("{\"type\":\"depeg\",\"asset\":\"DAI\"}", ",\"bps\":50")
                .statusCode(201)
                .body("condition.of", equalTo("USD"))
                .body("levels[0].bps", equalTo("50"));
    }

    @Test
    void aSourceThatDoesNotQuoteTheAssetIsRefusedWithThoseThatDo() {
        asset("{\"type\":\"price-stale\",\"asset\":\"DAI\",\"source\":\"coinbsae\"}", "")
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/condition/source"))
                .body("errors[0].detail", containsString("'coinbase'"))
                .body("errors[0].detail", containsString("'kraken'"))
                .body("errors[0].detail", containsString("did you mean 'coinbase'?"));
    }

    @Test
    void aSourceThatIsNotAskedHereIsRefusedWithThoseThatAre() {
        asset("{\"type\":\"price-stale\",\"asset\":\"ETH\",\"source\":\"redstone\"}", "")
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/condition/source"))
                .body("errors[0].detail", containsString("'kraken'"))
                .body("errors[0].detail", not(containsString("redstone")));
    }

    @Test
    void aConditionOnAssetsWithoutOneIsRefused() {
        asset("{\"type\":\"depeg\"}", ",\"bps\":50")
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/condition/asset"))
                .body("errors[0].detail", equalTo("'asset' is required: the price of what?"));
    }

    @Test
    void feedsMayBeTenMinutesApartWhereNothingIsSaid() {
        asset("{\"type\":\"feed-skew\"}", "")
                .statusCode(201)
                .body("watches", equalTo("all"))
                .body("condition.type", equalTo("feed-skew"))
                .body("levels[0].after", equalTo("auto"))
                .body("levels[0].clearHold", equalTo("PT5M"));
        asset("{\"type\":\"feed-skew\"}", ",\"after\":\"PT15M\"")
                .statusCode(201)
                .body("levels[0].after", equalTo("PT15M"));
    }

    @Test
    void feedsThatAreApartAreNoMatterOfPercentOrOfAnAsset() {
        asset("{\"type\":\"feed-skew\"}", ",\"percent\":5")
                .statusCode(422)
                .body("errors.pointer", hasItem("/levels/0/percent"));
        asset("{\"type\":\"feed-skew\",\"asset\":\"DAI\"}", "")
                .statusCode(422)
                .body("errors.pointer", hasItem("/condition/asset"));
        ada.sends("""
                        {"name":"x","watches":{"asset":"DAI"},"condition":{"type":"feed-skew"},"levels":[{"severity":"info"}]}""").post("/rules").then().statusCode(422).body("errors.pointer", hasItem("/watches"));
    }

    private ValidatableResponse asset(String condition, String limit) {
        return ada.sends("{\"name\":\"x\",\"condition\":%s,\"levels\":[{\"severity\":\"warning\"%s}]}"
                        .formatted(condition, limit))
                .post("/rules")
                .then();
    }

    @Test
    void blindnessMayBeAutomatic() {
        var body = """
                {"name":"blind","condition":{"type":"blind"},"levels":[{"severity":"warning","after":"auto"}]}""";

        ada.sends(body)
                .post("/rules")
                .then()
                .statusCode(201)
                .body("watches", equalTo("all"))
                .body("levels[0].after", equalTo("auto"));
    }

    @Test
    void aClearingLevelBelowTheFiringOneIsRefusedWithASentence() {
        ada.sends(RULE.replace("\"1.33\"", "\"1.05\""))
                .post("/rules")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/levels/0/clearAbove"))
                .body("detail", containsString("it clears at 1.05 but fires below 1.30"));
    }

    @Test
    void everyFaultIsToldAtOnce() {
        var body = """
                {"nam":"x","watches":{"position":"%s"},"condition":{"type":"health-factor"},"channels":["%s"],
                 "levels":[{"severity":"warning","below":"1.1","clearAbove":"1.0"},{"severity":"critical","below":"1.3","hold":"tomorrow"}]}""".formatted(Ids.next(), Ids.next());

        ada.sends(body)
                .post("/rules")
                .then()
                .statusCode(422)
                .body(
                        "errors.pointer",
                        hasItems("/name", "/nam", "/watches/position", "/channels/0", "/levels/1/hold"));
    }

    @Test
    void aPositionConditionOnAnAssetIsRefused() {
        ada.sends(RULE.replace("\"all\"", "{\"asset\":\"ETH\"}"))
                .post("/rules")
                .then()
                .statusCode(422)
                .body("errors", hasSize(1))
                .body("errors[0].pointer", equalTo("/watches"))
                .body("detail", containsString("ETH is not a position"));
    }

    @Test
    void aNullIsAsGoodAsNothing() {
        ada.sends(RULE.replace("\"all\"", "null"))
                .post("/rules")
                .then()
                .statusCode(201)
                .body("watches", equalTo("all"));
        ada.sends(RULE.replace("\"all\"", "{\"position\":null}"))
                .post("/rules")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/watches"))
                .body("detail", containsString("exactly one of 'position', 'label' and 'asset'"));
    }

    @Test
    void whatElseARuleMayWatchIsSaidToWhoWritesAnotherWord() {
        ada.sends(RULE.replace("\"all\"", "\"everything\""))
                .post("/rules")
                .then()
                .statusCode(422)
                .body(
                        "detail",
                        equalTo("Expected \"all\" or an object such as {\"label\":\"team=treasury\"}, got a string."));
    }

    @Test
    void whatIsNotBuiltIsSaidToBeNotBuilt() {
        var type = ada.sends(RULE.replace("health-factor", "parameter-change")).post("/rules");
        var wallet = ada.sends(RULE.replace("\"all\"", "{\"wallet\":\"w\"}")).post("/rules");
        var unknown = ada.sends(RULE.replace("health-factor", "helth-factor")).post("/rules");

        assertThat(List.of(type, wallet)).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.<String>path("type")).isEqualTo("/problems/not-yet");
        });
        unknown.then().statusCode(422).body("errors.detail", hasItem(containsString("did you mean 'health-factor'")));
    }

    @Test
    void whatNeedsAChainIsRefusedByItsName() {
        var types = List.of(
                "parameter-change",
                "liquidated",
                "next-price",
                "borrow-rate",
                "utilisation",
                "sequencer-down",
                "redemption-risk");

        assertThat(types)
                .allSatisfy(type -> ada.sends(RULE.replace("health-factor", type))
                        .post("/rules")
                        .then()
                        .statusCode(422)
                        .body("type", equalTo("/problems/not-yet"))
                        .body("detail", containsString("'" + type + "'")));
    }

    @Test
    void aPercentageWhereARatioIsAskedIsRefusedAtItsPlace() {
        ada.sends("""
                        {"name":"x","watches":"all","condition":{"type":"loan-to-value"},
                         "levels":[{"severity":"warning","above":"75"}]}""")
                .post("/rules")
                .then()
                .statusCode(422)
                .body("errors.pointer", hasItem("/levels/0/above"))
                .body("errors.detail", hasItem(containsString("write 0.75 for 75 %")));
    }

    @Test
    void quietHoursAndEscalationAreReadBackChangedAndCleared() {
        var channel = channel(ada);
        var body = RULE.replace(
                "\"notifyResolved\":true",
                "\"escalation\":[{\"after\":\"PT5M\",\"channels\":[\"%s\"]}],\"quietHours\":{\"from\":\"22:00\",\"to\":\"07:00\"}"
                        .formatted(channel));

        var id = create(body);

        ada.asks()
                .get("/rules/" + id)
                .then()
                .body("escalation[0].after", equalTo("PT5M"))
                .body("escalation[0].channels", contains(channel))
                .body("quietHours.from", equalTo("22:00"))
                .body("quietHours.to", equalTo("07:00"));
        ada.sends("{\"quietHours\":{\"from\":\"23:30\",\"to\":\"06:15\"}}")
                .patch("/rules/" + id)
                .then()
                .body("quietHours.from", equalTo("23:30"))
                .body("escalation", hasSize(1));
        ada.sends("{\"quietHours\":null,\"escalation\":null}")
                .patch("/rules/" + id)
                .then()
                .body("quietHours", nullValue())
                .body("escalation", hasSize(0));
    }

    @Test
    void quietHoursThatNoClockShowsAreRefusedInASentence() {
        withTelling("\"quietHours\":{\"from\":\"25:61\",\"to\":\"07:00\"}")
                .body("errors", hasSize(1))
                .body("errors[0].pointer", equalTo("/quietHours/from"))
                .body(
                        "errors[0].detail",
                        equalTo("Expected a time of day from \"00:00\" to \"23:59\", such as \"22:00\"."));
        withTelling("\"quietHours\":{\"from\":\"24:00\",\"to\":7}")
                .body("errors.pointer", contains("/quietHours/from", "/quietHours/to"));
        withTelling("\"quietHours\":{\"from\":\"22:00\"}").body("errors[0].detail", equalTo("'to' is required."));
        withTelling("\"quietHours\":{\"from\":\"22:00\",\"to\":\"22:00\"}")
                .body("errors[0].pointer", equalTo("/quietHours/to"))
                .body("errors[0].detail", containsString("none or all of the day"));
        withTelling("\"quietHours\":\"22:00-07:00\"").body("errors[0].pointer", equalTo("/quietHours"));
    }

    @Test
    void quietHoursOfARuleThatIsOnlyCriticalAreRefused() {
        ada.sends("""
                        {"name":"loud","condition":{"type":"health-factor"},"levels":[{"severity":"critical","below":1.1}],
                         "quietHours":{"from":"22:00","to":"07:00"}}""")
                .post("/rules")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/quietHours"))
                .body("errors[0].detail", containsString("hold back what is not critical"));
    }

    @Test
    void anEscalationThatCannotWorkIsRefusedInASentence() throws Throwable {
        var own = channel(ada);
        var foreign = channel(Customer.signUp(engine));

        withTelling("\"escalation\":[{\"after\":\"PT0S\",\"channels\":[\"%s\"]}]".formatted(own))
                .body("errors[0].detail", equalTo("An escalation comes later than the alert."));
        withTelling("\"escalation\":[{\"after\":\"PT10S\",\"channels\":[\"%s\"]}]".formatted(own))
                .body("errors[0].detail", containsString("not between PT1M and PT168H"));
        withTelling(
                        "\"escalation\":[{\"after\":\"PT5M\",\"channels\":[\"%1$s\"]},{\"after\":\"PT5M\",\"channels\":[\"%1$s\"]}]"
                                .formatted(own))
                .body("errors[0].pointer", equalTo("/escalation/1/after"))
                .body("errors[0].detail", containsString("each step must come later than the one before"));
        withTelling("\"escalation\":[{\"after\":\"PT5M\",\"channels\":[\"%s\"]}]".formatted(foreign))
                .body("errors[0].pointer", equalTo("/escalation/0/channels/0"))
                .body("errors[0].detail", equalTo("There is no such channel in your account."));
        withTelling("\"escalation\":[{\"after\":\"PT5M\"}]")
                .body("errors[0].detail", equalTo("'channels' is required."));
    }

    private ValidatableResponse withTelling(String field) {
        return ada.sends(RULE.replace("\"notifyResolved\":true", field))
                .post("/rules")
                .then()
                .statusCode(422);
    }

    private static String channel(Customer owner) {
        return owner.sends("{\"kind\":\"webhook\",\"name\":\"ops\",\"url\":\"http://127.0.0.1:1/\"}")
                .post("/channels")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    @Test
    void aRuleMayNameOnlyPositionsOfItsAccount() throws Throwable {
        var bob = Customer.signUp(engine);
        var loan = """
                {"kind":"declared","name":"loan","collateral":[{"asset":"ETH","amount":1,"liquidationThreshold":0.8}]}""";
        String his = bob.sends(loan).post("/positions").path("id");
        String hers = ada.sends(loan).post("/positions").path("id");

        var foreign = ada.sends(RULE.replace("\"all\"", "{\"position\":\"" + his + "\"}"))
                .post("/rules");
        var own = ada.sends(RULE.replace("\"all\"", "{\"position\":\"" + hers + "\"}"))
                .post("/rules");

        foreign.then().statusCode(422).body("errors[0].pointer", equalTo("/watches/position"));
        own.then().statusCode(201);
    }

    @Test
    void patchKeepsWhatItDoesNotName() {
        var id = create(RULE);

        ada.sends("{\"levels\":[{\"severity\":\"critical\",\"below\":\"1.2\"}],\"notifyResolved\":false}")
                .header("If-Match", "\"1\"")
                .patch("/rules/" + id)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("name", equalTo("warn me"))
                .body("levels", hasSize(1))
                .body("levels[0].repeatEvery", equalTo("PT15M"))
                .body("notifyResolved", equalTo(false));
    }

    @Test
    void anotherConditionNeedsLevelsThatFitIt() {
        var id = create(RULE);

        ada.sends("{\"condition\":{\"type\":\"liquidation-distance\"}}")
                .patch("/rules/" + id)
                .then()
                .statusCode(422)
                .body("errors.detail", hasItem(containsString("says \"percent\"")));
    }

    @Test
    void anOldEtagIsRefusedAndAForeignRuleIsNotThere() throws Throwable {
        var id = create(RULE);
        var bob = Customer.signUp(engine);

        var old = ada.sends(RULE).header("If-Match", "\"7\"").put("/rules/" + id);
        var foreign = List.of(
                bob.asks().get("/rules/" + id),
                bob.sends(RULE).put("/rules/" + id),
                bob.asks().delete("/rules/" + id));

        old.then().statusCode(412);
        assertThat(foreign).extracting(it -> it.statusCode()).containsOnly(404);
    }

    @Test
    void aDeletedRuleIsGone() {
        var id = create(RULE);

        ada.asks().delete("/rules/" + id).then().statusCode(204);

        ada.asks().get("/rules").then().body("items", hasSize(0)).body("next", nullValue());
    }

    private String create(String body) {
        return ada.sends(body).post("/rules").then().statusCode(201).extract().path("id");
    }
}
