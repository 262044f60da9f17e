package dev.plimsoll.pipeline;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import java.time.ZoneId;
import java.util.List;

/** An account with one rule of its own in place of the rules every account starts with. */
record Borrower(String account, String key) {

    static Borrower signsUp() {
        var account = given().contentType(ContentType.JSON)
                .body("{\"name\":\"Ada\"}")
                .post("/api/v1/accounts")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
        return new Borrower(account.getString("id"), account.getString("apiKey"));
    }

    /** Nothing is said about what the test does not ask for. */
    Borrower withoutRules() {
        List<String> rules = calls().get("/rules").jsonPath().getList("items.id");
        rules.forEach(this::deletesRule);
        return this;
    }

    /** Fires at once below, resolves at once above. */
    String rulesHealthFactor(String below, String clearAbove) {
        return rulesHealthFactor(below, clearAbove, "PT24H");
    }

    String rulesHealthFactor(String below, String clearAbove, String repeatEvery) {
        return creates("/rules", """
                {"name":"low","watches":"all","condition":{"type":"health-factor"},
                 "levels":[{"severity":"critical","below":"%s","clearAbove":"%s","hold":"PT0S","clearHold":"PT0S",
                            "repeatEvery":"%s"}]}""".formatted(below, clearAbove, repeatEvery));
    }

    /** Fires at once when liquidation is nearer than this, in percent. */
    String rulesDistance(String percent) {
        return creates("/rules", """
                {"name":"near","watches":"all","condition":{"type":"liquidation-distance"},
                 "levels":[{"severity":"critical","percent":"%s","hold":"PT0S","clearHold":"PT0S",
                            "repeatEvery":"PT24H"}]}""".formatted(percent));
    }

    String rulesBlind(String after) {
        return creates("/rules", """
                {"name":"blind","watches":"all","condition":{"type":"blind"},
                 "levels":[{"severity":"warning","after":"%s","hold":"PT0S","clearHold":"PT0S","repeatEvery":"PT24H"}]}""".formatted(after));
    }

    /** One ether at a threshold of 0.8. */
    String borrows(String dollars) {
        return creates("/positions", """
                {"kind":"declared","name":"ETH loan",
                 "collateral":[{"asset":"ETH","amount":"1","liquidationThreshold":"0.8"}],
                 "debt":[{"asset":"USDC","amount":"%s"}]}""".formatted(dollars));
    }

    /** One of this at a threshold of 0.8. */
    String borrowsOn(String asset, String dollars) {
        return creates("/positions", """
                {"kind":"declared","name":"%s loan",
                 "collateral":[{"asset":"%s","amount":"1","liquidationThreshold":"0.8"}],
                 "debt":[{"asset":"USDC","amount":"%s"}]}""".formatted(asset, asset, dollars));
    }

    JsonPath reads(String path) {
        return calls().get(path).then().statusCode(200).extract().jsonPath();
    }

    /** Says what it just did: {@code {"borrow":[{"asset":"USDC","amount":"500"}]}}. */
    void adjusts(String position, String what) {
        calls().contentType(ContentType.JSON)
                .body(what)
                .post("/positions/" + position + "/adjust")
                .then()
                .statusCode(200);
    }

    /** Names what is different from now on. */
    void changes(String path, String what) {
        calls().contentType(ContentType.JSON).body(what).patch(path).then().statusCode(200);
    }

    void acknowledges(String alert) {
        acknowledges(alert, "seen");
    }

    void acknowledges(String alert, String note) {
        calls().contentType(ContentType.JSON)
                .body("{\"note\":\"" + note + "\"}")
                .post("/alerts/" + alert + "/acknowledge")
                .then()
                .statusCode(200);
    }

    void snoozes(String alert, String lasting) {
        calls().contentType(ContentType.JSON)
                .body("{\"for\":\"" + lasting + "\"}")
                .post("/alerts/" + alert + "/snooze")
                .then()
                .statusCode(200);
    }

    void deletesRule(String id) {
        calls().delete("/rules/" + id).then().statusCode(204);
    }

    void deletesPosition(String id) {
        calls().delete("/positions/" + id).then().statusCode(204);
    }

    void deletes(String path) {
        calls().delete(path).then().statusCode(204);
    }

    /** What times of day are told by. */
    void livesIn(ZoneId zone) {
        calls().contentType(ContentType.JSON)
                .body("{\"timezone\":\"" + zone + "\"}")
                .patch("/account")
                .then()
                .statusCode(200);
    }

    String creates(String path, String body) {
        return creates(path, body, "id");
    }

    /** @param told what of the answer matters */
    String creates(String path, String body, String told) {
        return answers(path, body).getString(told);
    }

    JsonObject answers(String path, String body) {
        var answer = calls().contentType(ContentType.JSON)
                .body(body)
                .post(path)
                .then()
                .statusCode(201)
                .extract();
        return new JsonObject(answer.asString());
    }

    private RequestSpecification calls() {
        return given().basePath("/api/v1").header("Authorization", "Bearer " + key);
    }
}
