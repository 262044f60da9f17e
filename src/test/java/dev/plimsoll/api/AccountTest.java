package dev.plimsoll.api;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AccountTest {
    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Test
    void signUpShowsTheKeyOnce() {
        Ada.signUp("{\"name\":\"Ada\",\"email\":\"ada@example.org\",\"timezone\":\"Europe/Berlin\"}")
                .then()
                .statusCode(201)
                .header("Location", "/api/v1/account")
                .header("ETag", "\"1\"")
                .body("name", equalTo("Ada"))
                .body("timezone", equalTo("Europe/Berlin"))
                .body("email", equalTo("ada@example.org"))
                .body("apiKey", matchesPattern("plm_[0-9A-Za-z]{36}"));

        Ada.signsUp().gets("/account").then().statusCode(200).body("apiKey", nullValue());
    }

    @Test
    void aNewAccountHasTheDefaultRules() {
        var ada = Ada.signsUp();

        var names = engine.preparedQuery("select name from rule where account_id = $1 order by id")
                .execute(Tuple.of(UUID.fromString(ada.id())))
                .await()
                .indefinitely();
        assertThat(names)
                .extracting(row -> row.getString(0))
                .containsExactly("warning", "critical", "blind", "oracle-gap");
    }

    @Test
    void signUpTellsAllFaultsAtOnce() {
        Ada.signUp("{\"email\":\"nobody\",\"timezone\":\"Mars\",\"nmae\":\"Ada\"}")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/invalid"))
                .body("instance", equalTo("/api/v1/accounts"))
                .body("errors.pointer", contains("/name", "/email", "/timezone", "/nmae"))
                .body("errors.detail", hasItem("There is no field 'nmae': did you mean 'name'?"));
    }

    @Test
    void aPatchChangesWhatItNamesAndClearsWhatIsNull() {
        var ada = Ada.signsUp();

        ada.sends("{\"email\":\"ada@example.org\"}").patch("/account").then().statusCode(200);
        ada.sends("{\"name\":\"Ada L.\",\"email\":null}")
                .patch("/account")
                .then()
                .statusCode(200)
                .header("ETag", "\"3\"")
                .body("name", equalTo("Ada L."))
                .body("email", nullValue());
    }

    @Test
    void aLostUpdateIsRefused() {
        var ada = Ada.signsUp();
        var seen = ada.gets("/account").header("ETag");
        ada.sends("{\"name\":\"first\"}")
                .header("If-Match", seen)
                .patch("/account")
                .then()
                .statusCode(200);

        ada.sends("{\"name\":\"second\"}")
                .header("If-Match", seen)
                .patch("/account")
                .then()
                .statusCode(412)
                .body("type", equalTo("/problems/precondition-failed"));
        ada.sends("{\"name\":\"third\"}")
                .header("If-Match", "3")
                .patch("/account")
                .then()
                .statusCode(400);
        ada.gets("/account").then().body("name", equalTo("first"));
    }

    @Test
    void erasingAnAccountLeavesNothingAndEndsItsKeys() {
        var ada = Ada.signsUp();
        ada.sends(Document.read()
                        .operation("POST /positions")
                        .example()
                        .orElseThrow()
                        .encode())
                .header("Idempotency-Key", "one")
                .post("/positions")
                .then()
                .statusCode(201);

        ada.calls().delete("/account").then().statusCode(204);

        ada.gets("/account").then().statusCode(401).header("WWW-Authenticate", startsWith("Bearer"));
        assertThat(rowsOf(ada)).isZero();
    }

    /** In every table that has an account, but for the note that it changed. */
    private long rowsOf(Ada who) {
        var tables = engine.query(
                        "select table_name from information_schema.columns where column_name = 'account_id' and table_name <> 'change'")
                .execute()
                .await()
                .indefinitely();
        assertThat(tables.size()).isGreaterThan(8);
        var counts = new ArrayList<String>(List.of("select count(*) from account where id = $1"));
        tables.forEach(row -> counts.add("select count(*) from " + row.getString(0) + " where account_id = $1"));
        return engine.preparedQuery(
                        "select sum(count)::bigint from (" + String.join(" union all ", counts) + ") as every")
                .execute(Tuple.of(UUID.fromString(who.id())))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }

    @Test
    void aRepeatedSignUpMakesOneAccount() {
        var key = "sign-up-" + System.nanoTime();

        var first = repeatable(key, "{\"name\":\"Ada\"}");
        var second = repeatable(key, "{\"name\":\"Ada\"}");
        var other = repeatable(key, "{\"name\":\"Eve\"}");

        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.<String>path("id")).isEqualTo(first.path("id"));
        assertThat(second.<String>path("apiKey")).isNull();
        assertThat(other.statusCode()).isEqualTo(422);
    }

    private static Response repeatable(String key, String body) {
        return given().header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body)
                .post("/api/v1/accounts");
    }

    @Test
    void aMergePatchMayBeCalledOne() {
        var ada = Ada.signsUp();

        var answer = ada.calls()
                .header("Content-Type", "application/merge-patch+json")
                .body("{\"name\":\"Ada L\"}".getBytes(UTF_8))
                .patch("/account");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.<String>path("name")).isEqualTo("Ada L");
    }

    @Test
    void aMisspeltFilterIsRefusedAndNotPassedOver() {
        var answer = Ada.signsUp().gets("/deliveries?stat=failed&limit=5");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.<String>path("detail"))
                .isEqualTo("There is no query parameter 'stat': did you mean 'state'?");
    }
}
