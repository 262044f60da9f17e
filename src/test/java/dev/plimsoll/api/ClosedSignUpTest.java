package dev.plimsoll.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ClosedSignUpTest.Closed.class)
class ClosedSignUpTest {

    public static class Closed implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "plimsoll.account.sign-up", "closed",
                    "plimsoll.account.admin-key", "the-operators-own-key",
                    "plimsoll.account.sign-ups-per-hour", "1");
        }
    }

    private static Response signUpAs(String bearer) {
        return given().header("Authorization", "Bearer " + bearer)
                .contentType("application/json")
                .body("{\"name\":\"Ada\"}")
                .post("/api/v1/accounts");
    }

    @Test
    void nobodySignsUpByThemselves() {
        Ada.signUp("{\"name\":\"Ada\"}").then().statusCode(403).body("type", equalTo("/problems/forbidden"));
        signUpAs("the-operators-other-key").then().statusCode(403);
    }

    @Test
    void theOperatorMakesAsManyAccountsAsTheyLike() {
        signUpAs("the-operators-own-key").then().statusCode(201);
        signUpAs("the-operators-own-key").then().statusCode(201);
    }

    @Test
    void theOperatorsKeyIsNoKeyOfAnAccount() {
        given().header("Authorization", "Bearer the-operators-own-key")
                .get("/api/v1/account")
                .then()
                .statusCode(401);
    }
}
