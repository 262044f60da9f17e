package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class SilenceResourceTest {
    private static final Instant SOON = Instant.now().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.MILLIS);

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    private Customer ada;

    @BeforeEach
    void signUp() throws Throwable {
        ada = Customer.signUp(engine);
    }

    @Test
    void aSilenceBeginsAtOnceUnlessItSaysOtherwise() {
        var before = Instant.now();

        var silence = silences("\"all\"", "")
                .statusCode(201)
                .body("watches", equalTo("all"))
                .body("reason", equalTo("we move house"))
                .body("evenLiquidatable", equalTo(false))
                .body("state", equalTo("active"))
                .extract()
                .jsonPath();

        assertThat(Instant.parse(silence.getString("from"))).isAfterOrEqualTo(before);
        assertThat(Instant.parse(silence.getString("until"))).isEqualTo(SOON);
        ada.asks().get("/silences").then().body("items.id", contains(silence.getString("id")));
    }

    @Test
    void aSilenceThatBeginsLaterIsPending() {
        silences(
                        "{\"label\":\"team=treasury\"}",
                        ",\"from\":\"" + SOON.minusSeconds(60) + "\",\"evenLiquidatable\":true")
                .statusCode(201)
                .body("state", equalTo("pending"))
                .body("watches.label", equalTo("team=treasury"))
                .body("evenLiquidatable", equalTo(true));
    }

    @Test
    void aSilenceThatIsDeletedIsGone() {
        String id = silences("\"all\"", "").extract().path("id");

        ada.asks().delete("/silences/" + id).then().statusCode(204);

        ada.asks().get("/silences").then().body("items", hasSize(0));
        ada.asks().delete("/silences/" + id).then().statusCode(404);
    }

    @Test
    void nonsenseIsRefusedInSentences() {
        ada.sends("{\"watches\":\"all\",\"until\":\"2020-01-01T00:00:00Z\"}")
                .post("/silences")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/reason", "/until"))
                .body("errors[1].detail", containsString("would be over already"));
        silences("\"all\"", ",\"from\":\"" + SOON.plusSeconds(1) + "\"")
                .statusCode(422)
                .body("errors[0].detail", containsString("would end before it begins"));
        ada.sends("{\"watches\":\"all\",\"reason\":\"x\",\"until\":\"9999-01-01T00:00:00Z\"}")
                .post("/silences")
                .then()
                .statusCode(422)
                .body("errors[0].detail", containsString("within 90 days"));
        silences("{\"wallet\":\"w\"}", "").statusCode(422).body("type", equalTo("/problems/not-yet"));
    }

    @Test
    void aSilenceCoversOwnPositionsOnly() throws Throwable {
        String his = Customer.signUp(engine).sends("""
                        {"kind":"declared","name":"loan","collateral":[{"asset":"ETH","amount":1,"liquidationThreshold":0.8}]}""").post("/positions").path("id");

        silences("{\"position\":\"" + his + "\"}", "")
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/watches/position"));
    }

    private ValidatableResponse silences(String watches, String more) {
        return ada.sends("{\"watches\":%s,\"until\":\"%s\",\"reason\":\"we move house\"%s}"
                        .formatted(watches, SOON, more))
                .post("/silences")
                .then();
    }
}
