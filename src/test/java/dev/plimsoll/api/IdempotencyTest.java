package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class IdempotencyTest {
    private static final String KEY = "{\"name\":\"k\",\"scope\":\"read\"}";

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    private static Response posts(Ada ada, String idempotencyKey, String body) {
        return ada.sends(body).header("Idempotency-Key", idempotencyKey).post("/account/keys");
    }

    @Test
    void aRepeatedRequestMakesOneThingAndShowsItsSecretOnce() {
        var ada = Ada.signsUp();

        var first = posts(ada, "one", KEY);
        var second = posts(ada, "one", KEY);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.<String>path("apiKey")).startsWith("plm_");
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.<String>path("id")).isEqualTo(first.path("id"));
        assertThat(second.<String>path("apiKey")).isNull();
        assertThat(ada.gets("/account/keys").jsonPath().getList("items")).hasSize(2);
    }

    @Test
    void anotherRequestWithTheSameKeyIsRefused() {
        var ada = Ada.signsUp();
        posts(ada, "one", KEY).then().statusCode(201);

        posts(ada, "one", KEY.replace("read", "full"))
                .then()
                .statusCode(422)
                .body("type", equalTo("/problems/idempotency-key-reused"));
    }

    @Test
    void aRefusedRequestIsNotRemembered() {
        var ada = Ada.signsUp();
        posts(ada, "one", "{\"name\":\"k\",\"scope\":\"read\",\"expiresAt\":\"2020-01-01T00:00:00Z\"}")
                .then()
                .statusCode(422);

        posts(ada, "one", KEY).then().statusCode(201);
    }

    @Test
    void eachAccountHasItsOwnKeys() {
        var first = posts(Ada.signsUp(), "one", KEY);
        var second = posts(Ada.signsUp(), "one", KEY);

        assertThat(second.<String>path("id")).isNotEqualTo(first.path("id"));
        assertThat(second.<String>path("apiKey")).isNotNull();
    }

    @Test
    void aKeyIsForgottenAfter24Hours() {
        var ada = Ada.signsUp();
        var first = posts(ada, "one", KEY);

        engine.preparedQuery("update idempotency set created_at = created_at - interval '24 h' where account_id = $1")
                .execute(Tuple.of(UUID.fromString(ada.id())))
                .await()
                .indefinitely();

        assertThat(posts(ada, "one", KEY).<String>path("id")).isNotEqualTo(first.path("id"));
    }

    @Test
    void whileTheFirstStillRunsTheSecondIsToldToComeBack() {
        var ada = Ada.signsUp();

        var meanwhile = whileItIsTaken(ada.id() + "/one", () -> posts(ada, "one", KEY));

        meanwhile.then().statusCode(409).body("detail", containsString("still running"));
        posts(ada, "one", KEY).then().statusCode(201);
    }

    /** As by a request that has begun and not ended. */
    private <T> T whileItIsTaken(String key, Supplier<T> work) {
        var connection = engine.getConnectionAndAwait();
        try {
            var running = connection.beginAndAwait();
            connection
                    .preparedQuery("select pg_advisory_xact_lock(hashtextextended($1, 0))")
                    .executeAndAwait(Tuple.of(key));
            var done = work.get();
            running.rollbackAndAwait();
            return done;
        } finally {
            connection.closeAndAwait();
        }
    }

    @Test
    void ofManyAtOnceOneMakesItAndNoneMakesAnother() {
        var ada = Ada.signsUp();

        var answers = IntStream.range(0, 12)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> posts(ada, "one", KEY)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        var made = answers.stream().filter(answer -> answer.statusCode() == 201).toList();
        assertThat(answers).extracting(Response::statusCode).isSubsetOf(201, 409);
        assertThat(made).isNotEmpty();
        assertThat(made.stream()
                        .map(answer -> answer.jsonPath().getString("id"))
                        .distinct())
                .hasSize(1);
        assertThat(ada.gets("/account/keys").jsonPath().<List<?>>getList("items"))
                .hasSize(2);
    }
}
