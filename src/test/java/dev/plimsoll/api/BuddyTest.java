package dev.plimsoll.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.plimsoll.delivery.ChannelLinks;
import dev.plimsoll.delivery.ChannelLinks.Leave;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A channel of another person: asked, named in the last step only, and free to go. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class BuddyTest {
    private static final String LEVELS = """
            "condition":{"type":"health-factor"},"levels":[{"severity":"critical","below":"1.05"}]""";

    @Inject
    ChannelLinks links;

    private Ada ada;
    private Hook bobs;
    private Hook own;

    @BeforeEach
    void adaKnowsBob() throws IOException {
        ada = Ada.signsUp();
        bobs = new Hook();
        own = new Hook();
        ada.creates("/channels", "{\"kind\":\"webhook\",\"name\":\"ops\",\"url\":\"%s\"}".formatted(own.url()));
    }

    @AfterEach
    void close() {
        bobs.close();
        own.close();
    }

    @Test
    void theyAreAskedAndOnlyTheCodeThatTheyGiveAwayMakesItTheirs() {
        var channel = ada.creates("/channels", buddy());
        var asked = bobs.received("channel.verification").getFirst().data();

        assertThat(channel.getString("state"))
                .as("a program's echo is no consent")
                .isEqualTo("unverified");
        assertThat(channel.getString("buddy.name")).isEqualTo("Bob");
        assertThat(asked.getString("text"))
                .startsWith("Ada asks you, Bob, to be their buddy:")
                .contains("leave at any time");
        ada.sends("{\"code\":\"%s\"}".formatted(asked.getString("code")))
                .post("/channels/" + channel.getString("id") + "/verify")
                .then()
                .statusCode(200)
                .body("state", equalTo("active"));
    }

    @Test
    void onlyTheLastStepOfAnEscalationMayTellThem() {
        var bob = proven();
        var ops = ada.gets("/channels").jsonPath().getString("items[0].id");

        refused("{\"name\":\"low\",\"channels\":[\"%s\"],%s}".formatted(bob, LEVELS), "/channels/0");
        refused("""
                {"name":"low","escalation":[{"after":"PT5M","channels":["%s"]},{"after":"PT9M","channels":["%s"]}],%s}""".formatted(bob, ops, LEVELS), "/escalation/0/channels/0");
        var rule = ada.creates("/rules", """
                {"name":"low","escalation":[{"after":"PT5M","channels":["%s"]},{"after":"PT9M","channels":["%s"]}],%s}""".formatted(ops, bob, LEVELS));

        assertThat(rule.getBoolean("wakesYou.answer")).isFalse();
        assertThat(rule.getString("wakesYou.why")).contains("\"ops\" may be silent at night");
    }

    @Test
    void whatIsSaidToBeLoudWakesYou() {
        var ops = ada.gets("/channels").jsonPath().getString("items[0].id");
        ada.sends("{\"loud\":true}")
                .patch("/channels/" + ops)
                .then()
                .statusCode(200)
                .body("wakesYou", equalTo(true));

        var rule = ada.creates("/rules", "{\"name\":\"low\",%s}".formatted(LEVELS));

        assertThat(rule.getBoolean("wakesYou.answer")).isTrue();
        assertThat(rule.getString("wakesYou.why")).isEqualTo("\"ops\" rings at once.");
        ada.sends("{\"name\":\"low\",%s}".formatted(LEVELS).replace("critical", "warning"))
                .post("/rules")
                .then()
                .statusCode(201)
                .body("wakesYou.answer", equalTo(false));
    }

    @Test
    void whoeverLeavesIsToldNoMoreAndTheOwnerHearsOfIt() {
        var bob = proven();
        var link = "/api/v1/l/" + links.token(new Leave(UUID.fromString(ada.id()), UUID.fromString(bob)));

        given().accept(ContentType.JSON)
                .get(link)
                .then()
                .statusCode(200)
                .body("does", equalTo("leave"))
                .body("state", equalTo("told"));
        var still = state(bob);
        given().accept(ContentType.JSON).post(link).then().statusCode(200).body("state", equalTo("left"));
        given().accept(ContentType.JSON).post(link).then().statusCode(200).body("state", equalTo("left"));

        assertThat(still).as("to look changes nothing").isEqualTo("active");
        assertThat(state(bob)).isEqualTo("disabled");
        await().until(() -> !own.received("channel.disabled").isEmpty());
        assertThat(own.received("channel.disabled"))
                .singleElement()
                .satisfies(told ->
                        assertThat(told.data().getString("text")).contains("Bob does not want to be your buddy"));
    }

    @Test
    void whoseChannelItIsStaysAsItWas() {
        var ops = ada.gets("/channels").jsonPath().getString("items[0].id");

        ada.sends("{\"buddy\":{\"name\":\"Bob\"}}")
                .patch("/channels/" + ops)
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/buddy"));
    }

    private void refused(String rule, String pointer) {
        ada.sends(rule)
                .post("/rules")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo(pointer))
                .body("errors[0].detail", containsString("only the last step of the escalation may tell a buddy"));
    }

    private String proven() {
        var channel = ada.creates("/channels", buddy()).getString("id");
        var code = bobs.received("channel.verification").getLast().data().getString("code");
        ada.sends("{\"code\":\"%s\"}".formatted(code))
                .post("/channels/" + channel + "/verify")
                .then()
                .statusCode(200);
        return channel;
    }

    private String buddy() {
        return "{\"kind\":\"webhook\",\"name\":\"Bob's\",\"url\":\"%s\",\"buddy\":{\"name\":\"Bob\"}}"
                .formatted(bobs.url());
    }

    private String state(String channel) {
        return ada.gets("/channels/" + channel).jsonPath().getString("state");
    }
}
