package dev.plimsoll.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class AdminResourceTest {
    private static final String POSITION =
            "{\"kind\":\"declared\",\"name\":\"%s\",\"collateral\":[{\"asset\":\"ETH\",\"amount\":\"10\",\"liquidationThreshold\":\"0.825\"}]}";

    private static RequestSpecification operator() {
        return given().header("Authorization", "Bearer the-operators-own-key")
                .contentType(ContentType.JSON)
                .basePath(Ada.BASE);
    }

    private static Ada customer() {
        var made = operator()
                .body("{\"name\":\"Ada\",\"email\":\"ada@example.org\"}")
                .post("/accounts")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
        return new Ada(made.getString("id"), made.getString("apiKey"));
    }

    @Test
    void theOperatorSeesHowMuchAnAccountHoldsAndNothingOfWhatIsInIt() {
        var ada = customer();
        ada.creates("/positions", POSITION.formatted("ETH loan"));

        var seen = operator().get("/admin/accounts/" + ada.id());

        seen.then()
                .statusCode(200)
                .body("positions", equalTo(1))
                .body("rules", equalTo(4))
                .body("channels", equalTo(0))
                .body("suspendedAt", nullValue())
                .body("quotas.positions", nullValue());
        assertThat(seen.asString()).doesNotContain("ada@example.org", "ETH loan");
    }

    @Test
    void accountsAreListedPageByPage() {
        customer();
        customer();

        var first = operator()
                .get("/admin/accounts?limit=1")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        var second = operator().get("/admin/accounts?limit=1&after=" + first.getString("next"));

        assertThat(first.getList("items")).hasSize(1);
        assertThat(second.jsonPath().getString("items[0].id")).isNotEqualTo(first.getString("items[0].id"));
    }

    @Test
    void aKeyOfAnAccountIsNoOperatorsAndNoKeyIsAskedForOne() {
        var ada = customer();

        ada.gets("/admin/accounts").then().statusCode(403);
        given().get("/api/v1/admin/accounts").then().statusCode(401);
        operator()
                .get("/admin/accounts/00000000-0000-7000-8000-000000000000")
                .then()
                .statusCode(404);
    }

    @Test
    void aSuspendedAccountIsRefusedWithTheReasonUntilItMayComeInAgain() {
        var ada = customer();

        operator()
                .body("{\"reason\":\"Its webhooks flood a stranger.\"}")
                .post("/admin/accounts/" + ada.id() + "/suspend")
                .then()
                .statusCode(200)
                .body("suspendedBecause", equalTo("Its webhooks flood a stranger."));
        ada.gets("/account").then().statusCode(403).body("detail", containsString("Its webhooks flood a stranger."));
        operator().post("/admin/accounts/" + ada.id() + "/resume").then().statusCode(200);

        ada.gets("/account").then().statusCode(200);
    }

    @Test
    void aQuotaOfItsOwnCountsInsteadOfTheDefaultUntilItIsTakenBack() {
        var ada = customer();
        var quotas = "/admin/accounts/" + ada.id() + "/quotas";
        operator().body("{\"positions\":1}").put(quotas).then().statusCode(200).body("quotas.positions", equalTo(1));
        ada.creates("/positions", POSITION.formatted("first"));

        ada.sends(POSITION.formatted("second"))
                .post("/positions")
                .then()
                .statusCode(422)
                .body("type", equalTo("/problems/quota-exceeded"));
        operator().body("{}").put(quotas).then().statusCode(200).body("quotas.positions", nullValue());

        ada.creates("/positions", POSITION.formatted("second"));
    }

    @Test
    void whatMakesNoSenseIsRefusedByName() {
        var path = "/admin/accounts/" + customer().id();

        operator()
                .body("{\"positions\":-1}")
                .put(path + "/quotas")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/positions"));
        operator()
                .body("{\"position\":1}")
                .put(path + "/quotas")
                .then()
                .statusCode(422)
                .body("detail", containsString("did you mean 'positions'"));
        operator()
                .body("{}")
                .post(path + "/suspend")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/reason"));
    }
}
