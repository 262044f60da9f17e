package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.standardwebhooks.Webhook;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class ChannelResourceTest {

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

    @Test
    void aReceiverThatEchoesTheCodeIsActiveAtOnce() {
        var answer = register(hook.url());

        answer.then()
                .statusCode(201)
                .header("Location", startsWith("/api/v1/channels/"))
                .body("state", equalTo("active"))
                .body("secret", startsWith("whsec_"))
                .body("wakesYou", equalTo(false))
                .body("url", not(containsString("canary")));
        assertThat(hook.received()).extracting(Hook.Received::type).containsExactly("channel.verification");
    }

    @Test
    void aKeyIsTakenOnce() {
        var body = webhook(hook.url()).replace("\"kind\"", "\"key\":\"ops-1\",\"kind\"");
        ada.sends(body).post("/channels").then().statusCode(201);

        ada.sends(body)
                .post("/channels")
                .then()
                .statusCode(409)
                .body("detail", containsString("of your account has this 'key'. Choose another."));
    }

    @Test
    void theProofIsSignedWithTheSecretOfTheAnswer() {
        String secret = register(hook.url()).path("secret");

        var proof = hook.received().getFirst();

        assertThatNoException().isThrownBy(() -> new Webhook(secret).verify(proof.text(), proof.headers()));
    }

    @Test
    void theSecretIsShownOnce() {
        var registered =
                ada.sends(webhook(hook.url())).header("Idempotency-Key", "once").post("/channels");
        var replayed =
                ada.sends(webhook(hook.url())).header("Idempotency-Key", "once").post("/channels");

        replayed.then()
                .statusCode(201)
                .body("id", equalTo(registered.path("id")))
                .body("secret", nullValue());
        ada.asks()
                .get("/channels/" + registered.path("id"))
                .then()
                .statusCode(200)
                .body("secret", nullValue())
                .body("state", equalTo("active"));
    }

    @Test
    void aReceiverThatDoesNotEchoIsProvenByItsCode() {
        hook.echoes(false);
        var registered = register(hook.url());
        String id = registered.path("id");
        var code = hook.received().getFirst().data().getString("code");

        var wrong = ada.sends("{\"code\":\"nonsense\"}").post("/channels/" + id + "/verify");
        var right = ada.sends("{\"code\":\"" + code + "\"}").post("/channels/" + id + "/verify");

        registered.then().body("state", equalTo("unverified")).body("verification", containsString("did not answer"));
        wrong.then().statusCode(422).body("errors[0].pointer", equalTo("/code"));
        right.then().statusCode(200).body("state", equalTo("active"));
    }

    @Test
    void threeProofsADayGoToOneAddress() {
        hook.echoes(false);
        String id = register(hook.url()).path("id");

        var second = ada.asks().post("/channels/" + id + "/verification");
        var third = ada.asks().post("/channels/" + id + "/verification");
        var fourth = ada.asks().post("/channels/" + id + "/verification");

        second.then().statusCode(200).body("state", equalTo("unverified"));
        third.then().statusCode(200);
        fourth.then().statusCode(429).header("Retry-After", notNullValue());
        assertThat(hook.received("channel.verification")).hasSize(3);
    }

    @Test
    void deletingAChannelDoesNotGiveMoreProofs() {
        hook.echoes(false);
        for (var i = 0; i < 3; i++) {
            ada.asks().delete("/channels/" + register(hook.url()).path("id"));
        }

        register(hook.url()).then().statusCode(201).body("state", equalTo("unverified"));

        assertThat(hook.received("channel.verification")).hasSize(3);
    }

    @Test
    void anInnerAddressIsRefusedWithASentence() {
        register("http://10.0.0.1/hook")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/url"))
                .body("detail", containsString("does not resolve to public addresses"));
    }

    @Test
    void aKindThatIsNotSetUpHereIsRefusedWithWhoCanSetItUp() {
        var email = ada.sends("{\"kind\":\"email\",\"name\":\"me\",\"address\":\"ada@example.org\"}")
                .post("/channels");

        email.then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/kind"))
                .body("detail", containsString("whoever runs this Plimsoll has to name a mail server first"));
    }

    @Test
    void aTestIsSentNowAndSaysHowItEnded() {
        String id = register(hook.url()).path("id");

        var worked = ada.asks().post("/channels/" + id + "/test");
        hook.answers(500);
        var failed = ada.asks().post("/channels/" + id + "/test");

        worked.then()
                .statusCode(200)
                .body("outcome", equalTo("delivered"))
                .body("durationMillis", greaterThanOrEqualTo(0));
        failed.then().statusCode(200).body("outcome", equalTo("failed")).body("detail", containsString("500"));
        assertThat(hook.received("alert.test")).hasSize(2);
    }

    @Test
    void nothingButProofsGoesToAnUnprovenChannel() {
        hook.echoes(false);
        String id = register(hook.url()).path("id");

        ada.asks().post("/channels/" + id + "/test").then().statusCode(409);

        assertThat(hook.received("alert.test")).isEmpty();
    }

    @Test
    void afterARotationBothSecretsSign() {
        var registered = register(hook.url());
        String id = registered.path("id");
        String old = registered.path("secret");

        String fresh = ada.asks().post("/channels/" + id + "/rotate-secret").path("secret");
        ada.asks().post("/channels/" + id + "/test");

        var event = hook.received("alert.test").getFirst();
        assertThat(fresh).isNotEqualTo(old);
        assertThatNoException().isThrownBy(() -> new Webhook(fresh).verify(event.text(), event.headers()));
        assertThatNoException().isThrownBy(() -> new Webhook(old).verify(event.text(), event.headers()));
    }

    @Test
    void anotherUrlMustBeProvenAgain() throws Exception {
        String id = register(hook.url()).path("id");

        try (var elsewhere = new Hook()) {
            ada.sends("{\"url\":\"" + elsewhere.url() + "\"}")
                    .patch("/channels/" + id)
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("unverified"));
            ada.asks()
                    .post("/channels/" + id + "/verification")
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("active"));
        }
    }

    @Test
    void anothersChannelIsNotThere() throws Throwable {
        String id = register(hook.url()).path("id");
        var bob = Customer.signUp(engine);

        var answers = List.of(
                bob.asks().get("/channels/" + id),
                bob.sends("{}").patch("/channels/" + id),
                bob.asks().delete("/channels/" + id),
                bob.asks().post("/channels/" + id + "/test"),
                bob.asks().post("/channels/" + id + "/verification"),
                bob.asks().post("/channels/" + id + "/rotate-secret"),
                bob.sends("{\"code\":\"x\"}").post("/channels/" + id + "/verify"),
                bob.sends("{\"since\":\"2026-01-01T00:00:00Z\"}").post("/channels/" + id + "/redeliver-failed"));

        assertThat(answers).extracting(Response::statusCode).containsOnly(404);
    }

    @Test
    void anActiveChannelCoversAPosition() {
        register(hook.url());
        ada.sends("""
                        {"name":"warn","watches":"all","condition":{"type":"health-factor"},
                         "levels":[{"severity":"warning","below":"1.10"}]}""").post("/rules");

        ada.sends("""
                        {"kind":"declared","name":"loan","collateral":[{"asset":"ETH","amount":1,"liquidationThreshold":0.8}]}""")
                .post("/positions")
                .then()
                .body("coverage.rules", equalTo(1))
                .body("coverage.reachableChannels", equalTo(1))
                .body("coverage.problem", nullValue());
    }

    private Response register(String url) {
        return ada.sends(webhook(url)).post("/channels");
    }

    private static String webhook(String url) {
        return "{\"kind\":\"webhook\",\"name\":\"ops\",\"url\":\"" + url + "\"}";
    }
}
