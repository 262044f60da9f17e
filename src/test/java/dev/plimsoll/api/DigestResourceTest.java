package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class DigestResourceTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private Ada ada;

    @BeforeEach
    void signUp() {
        ada = Ada.signsUp();
        ada.sends("{\"timezone\":\"Europe/Berlin\"}").patch("/account").then().statusCode(200);
    }

    @Test
    void aBedtimeCheckComesByTheClockOfTheAccountWithUsualHours() {
        var made = ada.sends("{\"kind\":\"bedtime\",\"at\":\"22:30\"}")
                .post("/digests")
                .then()
                .statusCode(201)
                .body("asleep", equalTo("PT8H"))
                .body("acceptableChance", equalTo("0.001"))
                .body("channels", nullValue())
                .extract()
                .jsonPath();

        var next = Instant.parse(made.getString("next"));
        assertThat(LocalTime.ofInstant(next, BERLIN)).isEqualTo(LocalTime.of(22, 30));
        ada.calls().get("/digests").then().body("items.id", contains(made.getString("id")));
    }

    @Test
    void whatIsNamedChangesAndOfAnotherKindNothingIsKept() {
        var id = made("{\"kind\":\"bedtime\",\"at\":\"22:30\",\"asleep\":\"PT7H30M\",\"acceptableChance\":\"0.002\"}");

        ada.sends("{\"at\":\"23:00\",\"asleep\":null}")
                .patch("/digests/" + id)
                .then()
                .statusCode(200)
                .body("at", equalTo("23:00"))
                .body("asleep", equalTo("PT8H"))
                .body("acceptableChance", equalTo("0.002"));
        ada.sends("{\"kind\":\"weekly\"}")
                .patch("/digests/" + id)
                .then()
                .statusCode(200)
                .body("kind", equalTo("weekly"))
                .body("day", equalTo("monday"))
                .body("asleep", nullValue());
    }

    @Test
    void whatIsWrongIsSaidAllAtOnce() {
        ada.sends(
                        "{\"kind\":\"bedtime\",\"at\":\"24:00\",\"asleep\":\"PT5M\",\"acceptableChance\":\"0\",\"day\":\"monday\","
                                + "\"channels\":[\"019a6f3e-8c20-7d11-b1a4-6d1a4f0c3b03\"]}")
                .post("/digests")
                .then()
                .statusCode(422)
                .body(
                        "errors.pointer",
                        containsInAnyOrder("/at", "/asleep", "/acceptableChance", "/day", "/channels/0"));
    }

    @Test
    void whoLostAnUpdateIsToldSo() {
        var id = made("{\"kind\":\"daily\",\"at\":\"08:00\"}");

        ada.sends("{\"at\":\"09:00\"}")
                .header("If-Match", "\"7\"")
                .patch("/digests/" + id)
                .then()
                .statusCode(412);
        ada.calls().get("/digests/" + id).then().body("at", equalTo("08:00"));
    }

    @Test
    void nobodyElseSeesIt() {
        var id = made("{\"kind\":\"daily\",\"at\":\"08:00\"}");
        var eve = Ada.signsUp();

        eve.calls().get("/digests/" + id).then().statusCode(404);
        eve.calls().get("/digests/" + id + "/preview").then().statusCode(404);
        eve.calls().delete("/digests/" + id).then().statusCode(404);
        eve.calls().get("/digests").then().body("items", hasSize(0));
    }

    @Test
    void aDeletedOneIsGone() {
        var id = made("{\"kind\":\"daily\",\"at\":\"08:00\"}");

        ada.calls().delete("/digests/" + id).then().statusCode(204);

        ada.calls().get("/digests/" + id).then().statusCode(404);
    }

    private String made(String body) {
        return ada.sends(body).post("/digests").then().statusCode(201).extract().path("id");
    }
}
