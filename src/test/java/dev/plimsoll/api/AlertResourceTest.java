package dev.plimsoll.api;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.plimsoll.delivery.Notice;
import dev.plimsoll.delivery.Outbox;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Ids;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class AlertResourceTest {

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Inject
    Outbox outbox;

    private final UUID position = Ids.next();
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
    void anAlertIsShownWithItsTimeline() throws Throwable {
        var id = alert("firing");

        ada.asks()
                .get("/alerts/" + id)
                .then()
                .statusCode(200)
                .body("state", equalTo("firing"))
                .body("severity", equalTo("warning"))
                .body("subject.kind", equalTo("position"))
                .body("subject.id", equalTo(position.toString()))
                .body("rule.name", equalTo("warn me"))
                .body("worst", equalTo("1.22"))
                .body("acknowledgedAt", nullValue())
                .body("timeline.type", contains("alert.firing"))
                .body("timeline[0].reason", equalTo("crossed"));
    }

    @Test
    void theListIsNarrowedByStateAndPosition() throws Throwable {
        var firing = alert("firing");
        alert("resolved");

        ada.asks().get("/alerts").then().body("items", hasSize(2));
        ada.asks().queryParam("state", "firing").get("/alerts").then().body("items.id", contains(firing.toString()));
        ada.asks().queryParam("position", Ids.next()).get("/alerts").then().body("items", hasSize(0));
        ada.asks()
                .queryParam("state", "fireing")
                .get("/alerts")
                .then()
                .statusCode(400)
                .body("detail", containsString("did you mean 'firing'"));
    }

    @Test
    void acknowledgingIsAStepOfItsOwn() throws Throwable {
        var id = alert("firing");

        ada.sends("{\"note\":\"on it\"}")
                .post("/alerts/" + id + "/acknowledge")
                .then()
                .statusCode(200)
                .body("acknowledgedAt", notNullValue())
                .body("sequence", equalTo(2))
                .body("timeline.type", contains("alert.firing", "alert.acknowledged"))
                .body("timeline[1].detail.note", equalTo("on it"));
        assertThat(changes(id)).isEqualTo(1);
    }

    @Test
    void acknowledgingTwiceIsOnce() throws Throwable {
        var id = alert("firing");
        ada.asks().post("/alerts/" + id + "/acknowledge").then().statusCode(200);

        ada.asks()
                .post("/alerts/" + id + "/acknowledge")
                .then()
                .statusCode(200)
                .body("sequence", equalTo(2))
                .body("timeline", hasSize(2));
    }

    @Test
    void everybodyHearsOfIt() throws Throwable {
        ada.sends("{\"kind\":\"webhook\",\"name\":\"ops\",\"url\":\"" + hook.url() + "\"}")
                .post("/channels");
        var id = alert("firing");

        ada.sends("{\"for\":\"PT1H\"}").post("/alerts/" + id + "/snooze").then().statusCode(200);

        await().until(() -> hook.received("alert.snoozed").size() == 1);
        var data = hook.received("alert.snoozed").getFirst().data();
        assertThat(data.getJsonObject("alert").getInteger("sequence")).isEqualTo(2);
        assertThat(data.getString("text")).contains("ETH loan: warn me is snoozed until");
    }

    @Test
    void aSnoozeIsForADayAtMost() throws Throwable {
        var id = alert("firing");

        var day = ada.sends("{\"for\":\"PT24H\"}").post("/alerts/" + id + "/snooze");
        var longer = ada.sends("{\"for\":\"PT24H1S\"}").post("/alerts/" + id + "/snooze");
        var nothing = ada.sends("{\"for\":\"PT0S\"}").post("/alerts/" + id + "/snooze");

        day.then().statusCode(200).body("snoozedUntil", notNullValue());
        longer.then().statusCode(422).body("errors[0].pointer", equalTo("/for"));
        nothing.then().statusCode(422);
    }

    @Test
    void whatIsOverCannotBeAcknowledged() throws Throwable {
        var id = alert("resolved");

        ada.asks()
                .post("/alerts/" + id + "/acknowledge")
                .then()
                .statusCode(409)
                .body("detail", containsString("resolved"));
    }

    @Test
    void anothersAlertIsNotThere() throws Throwable {
        var id = alert("firing");
        var bob = Customer.signUp(engine);

        bob.asks().get("/alerts/" + id).then().statusCode(404);
        bob.asks().post("/alerts/" + id + "/acknowledge").then().statusCode(404);
        bob.sends("{\"for\":\"PT1H\"}").post("/alerts/" + id + "/snooze").then().statusCode(404);
    }

    @Test
    void aDeliveryIsShownWithItsAttemptsAndCanBeRepeated() throws Throwable {
        ada.sends("{\"kind\":\"webhook\",\"name\":\"ops\",\"url\":\"" + hook.url() + "\"}")
                .post("/channels");
        var id = alert("firing");
        tell(id);
        await().until(() -> "delivered".equals(delivery(id).getString("state")));
        var delivery = delivery(id).getString("id");

        ada.asks()
                .get("/deliveries/" + delivery)
                .then()
                .statusCode(200)
                .body("type", equalTo("alert.firing"))
                .body("attempts", hasSize(1))
                .body("attempts[0].status", equalTo(200));
        ada.asks().post("/deliveries/" + delivery + "/redeliver").then().statusCode(200);

        await().until(() -> hook.received("alert.firing").size() == 2);
        assertThat(hook.received("alert.firing"))
                .extracting(event -> event.headers().firstValue("webhook-id").orElseThrow())
                .containsOnly(delivery);
    }

    @Test
    void whatFailedOnAChannelIsSentAgain() throws Throwable {
        String channel = register();
        var id = alert("firing");
        tell(id);
        await().until(() -> "delivered".equals(delivery(id).getString("state")));
        subscribeAndAwait(() -> engine.preparedQuery(
                        "update delivery set state = 'failed', reason = 'gave up' where alert_id = $1")
                .execute(Tuple.of(id)));

        ada.sends("{\"since\":\"2026-01-01T00:00:00Z\"}")
                .post("/channels/" + channel + "/redeliver-failed")
                .then()
                .statusCode(200)
                .body("redelivered", equalTo(1));

        await().until(() -> hook.received("alert.firing").size() == 2);
    }

    @Test
    void aReceiverThatIsGoneDisablesItsChannelUntilItIsProvenAgain() throws Throwable {
        String channel = register();
        hook.answers(410);
        tell(alert("firing"));
        await().until(() ->
                "disabled".equals(ada.asks().get("/channels/" + channel).path("state")));

        var disabled = ada.asks().get("/channels/" + channel);
        hook.answers(200);
        var proven = ada.asks().post("/channels/" + channel + "/verification");

        disabled.then()
                .body("disabledReason", containsString("410"))
                .body("lastDelivery.detail", containsString("410"));
        proven.then().statusCode(200).body("state", equalTo("active")).body("disabledReason", nullValue());
    }

    private String register() {
        return ada.sends("{\"kind\":\"webhook\",\"name\":\"ops\",\"url\":\"" + hook.url() + "\"}")
                .post("/channels")
                .path("id");
    }

    private JsonObject delivery(UUID alert) {
        var page = ada.asks().queryParam("alert", alert).get("/deliveries").asString();
        return new JsonObject(page).getJsonArray("items").getJsonObject(0);
    }

    private UUID alert(String state) throws Throwable {
        return AlertRows.write(engine, ada.account(), position, state);
    }

    private void tell(UUID alert) throws Throwable {
        var notice = new Notice(
                Ids.next(),
                ada.account(),
                Optional.of(alert),
                Optional.of(1),
                "alert.firing",
                Severity.WARNING,
                Instant.now(),
                Optional.empty(),
                "{\"text\":\"ETH loan is near\"}",
                "ETH loan is near");
        subscribeAndAwait(() -> engine.withTransaction(tx -> outbox.put(tx, List.of(notice))));
    }

    private long changes(UUID alert) throws Throwable {
        return subscribeAndAwait(
                        () -> engine.preparedQuery("select count(*) from change where kind = 'alert' and id = $1")
                                .execute(Tuple.of(alert)))
                .iterator()
                .next()
                .getLong(0);
    }
}
