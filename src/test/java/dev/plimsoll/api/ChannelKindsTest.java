package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of a channel depends on its kind, and how it is proven on who reads it. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class ChannelKindsTest {
    private static final Pattern CODE = Pattern.compile("The code is ([\\\\\\w-]+)\\.");

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    private Customer ada;
    private Hook hook;

    @BeforeEach
    void signUp() throws Throwable {
        ada = Customer.signUp(engine);
        hook = new Hook();
    }

    @AfterEach
    void close() {
        hook.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"slack", "discord"})
    void aChatIsProvenByTheCodeThatIsReadThere(String format) {
        var registered = register(format);
        var read = CODE.matcher(hook.received().getFirst().text());
        assertThat(read.find()).isTrue();

        var proven = ada.sends(new JsonObject()
                        .put("code", read.group(1).replace("\\", ""))
                        .encode())
                .post("/channels/" + registered.path("id") + "/verify");

        registered
                .then()
                .statusCode(201)
                .body("state", equalTo("unverified"))
                .body("format", equalTo(format))
                .body("url", startsWith("http://127.0.0.1"))
                .body("url", not(containsString("canary")))
                .body(
                        "verification",
                        equalTo("The proof was sent there, with its code."
                                + " Post the code to /verify, or ask for another proof."));
        proven.then().statusCode(200).body("state", equalTo("active"));
    }

    @Test
    void aFormatThatThereIsNotIsRefusedWithThoseThereAre() {
        register("slak")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/format"))
                .body(
                        "detail",
                        equalTo(
                                "Expected one of 'alertmanager', 'discord', 'slack', 'standard': did you mean 'slack'?"));
    }

    @Test
    void theFormatChangesWithoutAnotherProof() {
        String id = register("standard").path("id");

        var changed = ada.sends("{\"format\":\"alertmanager\"}").patch("/channels/" + id);
        ada.asks().post("/channels/" + id + "/test");
        var cleared = ada.sends("{\"format\":null}").patch("/channels/" + id);

        changed.then().statusCode(200).body("state", equalTo("active")).body("format", equalTo("alertmanager"));
        assertThat(hook.received().getLast().json().getString("version")).isEqualTo("4");
        cleared.then().statusCode(200).body("format", equalTo("standard"));
    }

    @Test
    void whatAChannelCannotBeWithoutCannotBeCleared() {
        String id = register("standard").path("id");

        ada.sends("{\"url\":null}")
                .patch("/channels/" + id)
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/url"))
                .body("detail", equalTo("'url' cannot be cleared."));
        ada.sends("{\"kind\":\"pagerduty\"}")
                .patch("/channels/" + id)
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/kind"));
    }

    @Test
    void aKindThatThereIsNotIsTheOnlyFault() {
        ada.sends("{\"kind\":\"webhok\",\"name\":\"ops\",\"url\":\"" + hook.url() + "\"}")
                .post("/channels")
                .then()
                .statusCode(422)
                .body("errors.size()", equalTo(1))
                .body("detail", containsString("did you mean 'webhook'?"));
    }

    @Test
    void aFieldOfAnotherKindIsRefused() {
        ada.sends("{\"kind\":\"webhook\",\"name\":\"ops\",\"url\":\"" + hook.url() + "\",\"routingKey\":\"x\"}")
                .post("/channels")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/routingKey"));
    }

    private Response register(String format) {
        return ada.sends(new JsonObject()
                        .put("kind", "webhook")
                        .put("name", "ops")
                        .put("url", hook.url())
                        .put("format", format)
                        .encode())
                .post("/channels");
    }
}
