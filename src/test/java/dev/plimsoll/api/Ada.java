package dev.plimsoll.api;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/**
 * Somebody with an account of their own, fresh for one test.
 *
 * @param key the secret of the account's first key
 */
record Ada(String id, String key) {
    static final String BASE = "/api/v1";

    static Ada signsUp() {
        var account =
                signUp("{\"name\":\"Ada\"}").then().statusCode(201).extract().jsonPath();
        return new Ada(account.getString("id"), account.getString("apiKey"));
    }

    static Response signUp(String body) {
        return given().contentType(ContentType.JSON).body(body).post(BASE + "/accounts");
    }

    /** The same account, with another of its keys. */
    Ada with(String otherKey) {
        return new Ada(id, otherKey);
    }

    RequestSpecification calls() {
        return given().header("Authorization", "Bearer " + key).basePath(BASE);
    }

    RequestSpecification sends(String json) {
        return calls().contentType(ContentType.JSON).body(json);
    }

    JsonPath creates(String path, String json) {
        return sends(json).post(path).then().statusCode(201).extract().jsonPath();
    }

    Response gets(String path) {
        return calls().get(path);
    }

    /** The secret of a new key. */
    String addsKey(String scope) {
        return creates("/account/keys", "{\"name\":\"k\",\"scope\":\"" + scope + "\"}")
                .getString("apiKey");
    }
}
