package dev.plimsoll.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ClosedProfile.class)
class ClosedSignUpTest {
    static Response signUpAs(String bearer) {
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
        signUpAs(ClosedProfile.ADMIN_KEY).then().statusCode(201);
        signUpAs(ClosedProfile.ADMIN_KEY).then().statusCode(201);
    }

    @Test
    void theOperatorsKeyIsNoKeyOfAnAccount() {
        given().header("Authorization", "Bearer " + ClosedProfile.ADMIN_KEY)
                .get("/api/v1/account")
                .then()
                .statusCode(401);
    }
}
