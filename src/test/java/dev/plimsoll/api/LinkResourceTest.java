package dev.plimsoll.api;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.plimsoll.delivery.OneClickLinks;
import dev.plimsoll.delivery.OneClickLinks.Click;
import dev.plimsoll.delivery.OneClickLinks.Doing;
import dev.plimsoll.unit.Ids;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class LinkResourceTest {

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Inject
    OneClickLinks links;

    private Customer ada;
    private Hook hook;
    private UUID channel;

    @BeforeEach
    void signUp() throws Throwable {
        ada = Customer.signUp(engine);
        hook = new Hook();
        channel = UUID.fromString(ada.sends("{\"kind\":\"webhook\",\"name\":\"ops\",\"url\":\"" + hook.url() + "\"}")
                .post("/channels")
                .path("id"));
    }

    @AfterEach
    void close() {
        hook.close();
    }

    @Test
    void toLookAtALinkDoesNothing() throws Throwable {
        var alert = firing();

        anybody()
                .get(link(alert, Doing.ACKNOWLEDGE))
                .then()
                .statusCode(200)
                .contentType("text/html")
                .header("Content-Security-Policy", containsString("form-action 'self'"))
                .body(containsString("ETH loan: warn me is firing"))
                .body(containsString("<button>Acknowledge</button>"));

        ada.asks().get("/alerts/" + alert).then().body("acknowledgedAt", nullValue());
    }

    @Test
    void aClickAcknowledgesWithoutAKey() throws Throwable {
        var alert = firing();

        anybody()
                .post(link(alert, Doing.ACKNOWLEDGE))
                .then()
                .statusCode(200)
                .body(containsString("is acknowledged"))
                .body(not(containsString("<button>")));

        ada.asks().get("/alerts/" + alert).then().body("acknowledgedAt", notNullValue());
    }

    @Test
    void aSecondClickIsSaidToBeTheSecond() throws Throwable {
        var alert = firing();
        var link = link(alert, Doing.ACKNOWLEDGE);
        anybody().post(link);

        anybody().post(link).then().statusCode(200).body(containsString("was acknowledged before"));

        ada.asks().get("/alerts/" + alert).then().body("timeline.type", contains("alert.firing", "alert.acknowledged"));
    }

    @Test
    void aClickSnoozes() throws Throwable {
        var alert = firing();

        anybody()
                .accept("application/json")
                .post(link(alert, Doing.SNOOZE))
                .then()
                .statusCode(200)
                .body("does", equalTo("snooze"))
                .body("text", containsString("is snoozed until"));

        ada.asks().get("/alerts/" + alert).then().body("snoozedUntil", notNullValue());
    }

    @Test
    void whatIsOverHasNothingToClick() throws Throwable {
        var link = link(AlertRows.write(engine, ada.account(), Ids.next(), "resolved"), Doing.ACKNOWLEDGE);

        anybody()
                .get(link)
                .then()
                .statusCode(200)
                .body(containsString("is resolved"))
                .body(not(containsString("<button>")));
        anybody().post(link).then().statusCode(409).body("detail", containsString("resolved"));
    }

    @Test
    void aLinkEndsWithItsChannel() throws Throwable {
        var link = link(firing(), Doing.ACKNOWLEDGE);

        ada.asks().delete("/channels/" + channel);

        anybody().get(link).then().statusCode(404);
        anybody().post(link).then().statusCode(404);
    }

    @Test
    void aLinkNobodyGaveLeadsNowhere() throws Throwable {
        var token = links.token(new Click(ada.account(), channel, firing(), Doing.ACKNOWLEDGE));
        var changed = (token.startsWith("A") ? "B" : "A") + token.substring(1);

        anybody().get("/l/" + changed).then().statusCode(404);
        anybody().post("/l/nonsense").then().statusCode(404);
        anybody().post("/l/" + "x".repeat(3_000)).then().statusCode(404);
    }

    @Test
    void namesAreShownLiterally() throws Throwable {
        var alert = firing();
        subscribeAndAwait(() -> engine.preparedQuery(
                        "update alert set shown = jsonb_set(shown, '{rule,name}', '\"<script>alert(1)</script>\"') where id = $1")
                .execute(Tuple.of(alert)));

        var page = anybody().get(link(alert, Doing.ACKNOWLEDGE)).asString();

        assertThat(page).contains("&lt;script&gt;").doesNotContain("<script>");
    }

    private UUID firing() throws Throwable {
        return AlertRows.write(engine, ada.account(), Ids.next(), "firing");
    }

    private String link(UUID alert, Doing doing) {
        return "/l/" + links.token(new Click(ada.account(), channel, alert, doing));
    }

    private static RequestSpecification anybody() {
        return given().basePath("/api/v1");
    }
}
