package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class KeysTest {
    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Test
    void theSecretIsShownOnceAndItsHintEveryTime() {
        var ada = Ada.signsUp();

        var key = ada.creates("/account/keys", "{\"name\":\"grafana\",\"scope\":\"read\"}");

        assertThat(key.getString("hint")).isEqualTo(key.getString("apiKey").substring(0, 8) + "…");
        ada.gets("/account/keys")
                .then()
                .statusCode(200)
                .body("items.name", contains("first key", "grafana"))
                .body("items.scope", contains("full", "read"))
                .body("items.apiKey", contains(nullValue(), nullValue()));
    }

    @Test
    void readLooksAndChangesNothing() {
        var ada = Ada.signsUp();
        var reader = ada.with(ada.addsKey("read"));

        reader.gets("/rules").then().statusCode(200);
        reader.gets("/account/keys").then().statusCode(200);

        reader.sends("{}").post("/rules").then().statusCode(403).body("type", equalTo("/problems/forbidden"));
        reader.sends("{\"name\":\"Eve\"}").patch("/account").then().statusCode(403);
        reader.calls().delete("/account").then().statusCode(403);
    }

    @Test
    void operateWorksButManagesNoAccountKeyOrChannel() {
        var ada = Ada.signsUp();
        var operator = ada.with(ada.addsKey("operate"));
        var rule = operator.gets("/rules").jsonPath().getString("items[0].id");

        operator.calls().delete("/rules/" + rule).then().statusCode(204);

        operator.sends("{\"name\":\"k\",\"scope\":\"full\"}")
                .post("/account/keys")
                .then()
                .statusCode(403);
        operator.sends("{\"kind\":\"webhook\",\"name\":\"mine\",\"url\":\"https://hooks.example.org/\"}")
                .post("/channels")
                .then()
                .statusCode(403);
        operator.calls().delete("/account").then().statusCode(403);
    }

    @Test
    void aRevokedKeyEndsWithTheNextRequest() {
        var ada = Ada.signsUp();
        var key = ada.creates("/account/keys", "{\"name\":\"k\",\"scope\":\"full\"}");
        var other = ada.with(key.getString("apiKey"));
        other.gets("/account").then().statusCode(200);

        ada.calls().delete("/account/keys/" + key.getString("id")).then().statusCode(204);

        other.gets("/account").then().statusCode(401);
        ada.calls().delete("/account/keys/" + key.getString("id")).then().statusCode(404);
    }

    @Test
    void anExpiredKeyEndsByTheDatabasesClock() {
        var ada = Ada.signsUp();
        var key = ada.creates(
                "/account/keys", "{\"name\":\"k\",\"scope\":\"read\",\"expiresAt\":\"2127-01-01T00:00:00Z\"}");
        var other = ada.with(key.getString("apiKey"));
        other.gets("/account").then().statusCode(200);

        engine.preparedQuery("update api_key set created_at = now() - interval '2 s', expires_at = now() where id = $1")
                .execute(Tuple.of(UUID.fromString(key.getString("id"))))
                .await()
                .indefinitely();

        other.gets("/account").then().statusCode(401);
    }

    @Test
    void aKeyThatHasExpiredIsNotMade() {
        Ada.signsUp()
                .sends("{\"name\":\"k\",\"scope\":\"read\",\"expiresAt\":\"2020-01-01T00:00:00Z\"}")
                .post("/account/keys")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/expiresAt"));
    }

    @Test
    void theLastKeyThatCanMakeOthersStays() {
        var ada = Ada.signsUp();
        ada.addsKey("operate");
        var first = ada.gets("/account/keys").jsonPath().getString("items[0].id");

        ada.calls().delete("/account/keys/" + first).then().statusCode(409);
        ada.addsKey("full");
        ada.calls().delete("/account/keys/" + first).then().statusCode(204);
    }

    @Test
    void anAccountHasFiftyKeysAtMost() {
        var ada = Ada.signsUp();
        for (var i = 1; i < 50; i++) {
            ada.addsKey("read");
        }

        ada.sends("{\"name\":\"k\",\"scope\":\"read\"}")
                .post("/account/keys")
                .then()
                .statusCode(422)
                .body("type", equalTo("/problems/quota-exceeded"));
    }

    @Test
    void aListIsWalkedByItsCursors() {
        var ada = Ada.signsUp();
        for (var i = 0; i < 4; i++) {
            ada.addsKey("read");
        }

        var first = ada.gets("/account/keys?limit=2").jsonPath();
        var second = ada.gets("/account/keys?limit=2&after=" + first.getString("next"))
                .jsonPath();
        var third = ada.gets("/account/keys?limit=2&after=" + second.getString("next"));

        assertThat(first.getList("items.id")).hasSize(2).doesNotContainAnyElementsOf(second.getList("items.id"));
        third.then().body("items", hasSize(1)).body("next", nullValue());
    }

    @Test
    void aBrokenPageIsRefusedWithBothFaults() {
        Ada.signsUp()
                .gets("/account/keys?limit=0&after=here")
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/malformed"))
                .body("errors", hasSize(2));
    }
}
