package dev.plimsoll.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Each test comes from addresses of its own. */
@QuarkusTest
@TestProfile(SparingProfile.class)
class RateLimitTest {

    @Inject
    RedisDataSource redis;

    static RequestSpecification from(String address) {
        return given().basePath(Ada.BASE).header("X-Forwarded-For", address).contentType("application/json");
    }

    static Response signUp(String address) {
        return from(address).body("{\"name\":\"Ada\"}").post("/accounts");
    }

    static RequestSpecification with(String key, String address) {
        return from(address).header("Authorization", "Bearer " + key);
    }

    @Test
    void aKeyIsCountedWhereverItIsUsed() {
        var key = signUp("192.0.2.1").<String>path("apiKey");

        for (var i = 0; i < 5; i++) {
            with(key, "192.0.2." + (10 + i))
                    .get("/account")
                    .then()
                    .statusCode(200)
                    .header("RateLimit-Policy", "\"key\";q=5;w=60, \"address\";q=8;w=60")
                    .header("RateLimit", matchesPattern("\"key\";r=" + (4 - i) + ";t=\\d+, \"address\";r=7;t=0"));
        }
        with(key, "192.0.2.20")
                .get("/account")
                .then()
                .statusCode(429)
                .header("Retry-After", matchesPattern("[1-9]|1[0-3]"))
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/rate-limited"));
    }

    @Test
    void anAddressIsCountedForWhateverItAsks() {
        for (var i = 0; i < 8; i++) {
            from("192.0.2.50").get("/nowhere").then().statusCode(404);
        }

        from("192.0.2.50").get("/market/assets").then().statusCode(429);
        from("192.0.2.51").get("/market/assets").then().statusCode(200);
    }

    @Test
    void onlyWhatTrustedProxiesSayIsBelieved() {
        for (var i = 0; i < 8; i++) {
            from("203.0.113." + i + ", 192.0.2.60, 10.1.1.1")
                    .get("/nowhere")
                    .then()
                    .statusCode(404);
        }

        from("192.0.2.99, 192.0.2.60, 10.1.1.1").get("/nowhere").then().statusCode(429);
        from("garbage, 10.1.1.2").get("/nowhere").then().statusCode(404);
    }

    @Test
    void anIpv6NetworkIsOneClient() {
        for (var i = 0; i < 8; i++) {
            from("2001:db8:7:7::" + i).get("/nowhere").then().statusCode(404);
        }

        from("2001:db8:7:7:ffff::1").get("/nowhere").then().statusCode(429);
        from("2001:db8:7:8::1").get("/nowhere").then().statusCode(404);
    }

    @Test
    void anAddressMakesTwoAccountsAnHour() {
        signUp("192.0.2.70").then().statusCode(201);
        signUp("192.0.2.70").then().statusCode(201);

        signUp("192.0.2.70").then().statusCode(429).header("Retry-After", matchesPattern("\\d{4}"));
        signUp("192.0.2.71").then().statusCode(201);
    }

    @Test
    void aFlushedRedisForgetsAndGoesOn() {
        for (var i = 0; i < 9; i++) {
            from("192.0.2.80").get("/nowhere");
        }
        from("192.0.2.80").get("/nowhere").then().statusCode(429);

        redis.flushall();

        from("192.0.2.80").get("/nowhere").then().statusCode(404);
        assertThat(redis.key().keys("plimsoll:bucket:address:192.0.2.80")).hasSize(1);
    }
}
