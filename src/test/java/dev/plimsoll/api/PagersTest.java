package dev.plimsoll.api;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.plimsoll.delivery.Notice;
import dev.plimsoll.delivery.Outbox;
import dev.plimsoll.delivery.channel.LocalNtfy;
import dev.plimsoll.delivery.channel.LocalPagerDuty;
import dev.plimsoll.delivery.channel.LocalPushover;
import dev.plimsoll.delivery.channel.LocalService;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Ids;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the registration of a pager to the end of an alert, with services on this machine. */
@QuarkusTest
@TestProfile(PagersProfile.class)
class PagersTest {
    private static final String ROUTING_KEY = "R0123456789abcdefghijklmnopqrstu";
    private static final String SIGNING_SECRET = "a-signing-secret-of-ours";

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Inject
    Outbox outbox;

    private static LocalPagerDuty pagerDuty;
    private static LocalPushover pushover;
    private static LocalNtfy ntfy;

    private Customer ada;

    /** Once, so that no connection of an earlier test is left in a pool. */
    @BeforeAll
    static void open() {
        pagerDuty = new LocalPagerDuty(PagersProfile.PAGER_DUTY);
        pushover = new LocalPushover(PagersProfile.PUSHOVER);
        ntfy = new LocalNtfy();
    }

    @AfterAll
    static void close() {
        pagerDuty.close();
        pushover.close();
        ntfy.close();
    }

    @BeforeEach
    void signUp() throws Throwable {
        pushover.forget();
        ntfy.forget();
        ada = Customer.signUp(engine);
    }

    @Test
    void aPagerIsProvenWithTheCodeThatIsReadThere() {
        var registered = register(pagerDuty());
        var code = code(pagerDuty.requests());

        var proven = ada.sends("{\"code\":\"" + code + "\"}").post("/channels/" + registered.path("id") + "/verify");

        registered
                .then()
                .statusCode(201)
                .body("state", equalTo("unverified"))
                .body("wakesYou", equalTo(true))
                .body("routingKey", equalTo("…rstu"))
                .body("region", equalTo("us"))
                .body("callbackUrl", startsWith("https://plimsoll.example/api/v1/callbacks/"));
        proven.then().statusCode(200).body("state", equalTo("active")).body("callbackUrl", nullValue());
    }

    @Test
    void whatIsAcknowledgedAndOverHereIsSoAtPagerDuty() throws Throwable {
        active(pagerDuty());
        var alert = firing();
        eventually(() -> pagerDuty.incident(alert.toString()).equals("triggered"));

        ada.asks().post("/alerts/" + alert + "/acknowledge").then().statusCode(200);
        eventually(() -> pagerDuty.incident(alert.toString()).equals("acknowledged"));

        tell(alert, 3, "alert.resolved");
        eventually(() -> pagerDuty.incident(alert.toString()).equals("resolved"));
    }

    @Test
    void whatIsAcknowledgedAtPagerDutyIsSoHere() throws Throwable {
        var callback = active(pagerDuty());
        var alert = firing();
        var webhook = webhook("acknowledged", alert);

        call(callback, webhook, signature(webhook)).then().statusCode(204);
        call(callback, webhook, signature(webhook)).then().statusCode(204);

        ada.asks()
                .get("/alerts/" + alert)
                .then()
                .body("acknowledgedAt", notNullValue())
                .body("timeline.type", contains("alert.firing", "alert.acknowledged"))
                .body("timeline[1].detail.note", equalTo("by Grace Hopper in PagerDuty"));
    }

    @Test
    void anIncidentResolvedByHandResolvesNothingHere() throws Throwable {
        var callback = active(pagerDuty());
        var alert = firing();
        var webhook = webhook("resolved", alert);

        call(callback, webhook, signature(webhook)).then().statusCode(204);

        ada.asks()
                .get("/alerts/" + alert)
                .then()
                .body("state", equalTo("firing"))
                .body("acknowledgedAt", nullValue());
    }

    @Test
    void whatPagerDutyDidNotSignChangesNothing() throws Throwable {
        var callback = active(pagerDuty());
        var alert = firing();
        var webhook = webhook("acknowledged", alert);

        call(callback, webhook, "v1=" + "0".repeat(64)).then().statusCode(403);

        ada.asks().get("/alerts/" + alert).then().body("acknowledgedAt", nullValue());
    }

    @Test
    void aCallbackReachesNobodyElsesAlerts() throws Throwable {
        var bob = Customer.signUp(engine);
        var bobs = AlertRows.write(engine, bob.account(), Ids.next(), "firing");
        var webhook = webhook("acknowledged", bobs);

        call(active(pagerDuty()), webhook, signature(webhook)).then().statusCode(204);

        bob.asks().get("/alerts/" + bobs).then().body("acknowledgedAt", nullValue());
    }

    @Test
    void whereNothingIsSignedACallbackReachesTheAlertsOfItsOwnAccountOnly() throws Throwable {
        var bob = Customer.signUp(engine);
        var bobs = AlertRows.write(engine, bob.account(), Ids.next(), "firing");
        var callback =
                active("{\"kind\":\"pagerduty\",\"name\":\"on call\",\"routingKey\":\"%s\"}".formatted(ROUTING_KEY));
        var alert = firing();

        call(callback, webhook("acknowledged", bobs), "").then().statusCode(204);
        call(callback, webhook("acknowledged", alert), "").then().statusCode(204);

        bob.asks().get("/alerts/" + bobs).then().body("acknowledgedAt", nullValue());
        ada.asks().get("/alerts/" + alert).then().body("acknowledgedAt", notNullValue());
    }

    @Test
    void nobodyListensAtACallbackThatNobodyGave() {
        var callback = active(pagerDuty());

        call("/api/v1/callbacks/nonsense", "{}", "").then().statusCode(404);
        ada.asks().delete("/channels/" + ada.asks().get("/channels").<String>path("items[0].id"));
        call(callback, "{}", signature("{}")).then().statusCode(404);
    }

    @Test
    void whatIsAcknowledgedOnThePhoneIsSoHere() throws Throwable {
        active(pushover());
        var alert = firing();
        eventually(() -> pushover.sounding().size() == 1);
        assertThat(pushover.messages().getLast().getString("callback"))
                .startsWith("https://plimsoll.example/api/v1/l/");

        pushover.acknowledge(pushover.sounding().getFirst());
        askAtOnce(alert);

        eventually(() -> ada.asks().get("/alerts/" + alert).path("acknowledgedAt") != null);
        ada.asks()
                .get("/alerts/" + alert)
                .then()
                .body("timeline[1].detail.note", equalTo("on grace-phone in Pushover"));
        eventually(() -> receipts(alert) == 0);
    }

    @Test
    void aPagerThatCannotBeAskedKeepsNoOtherFromBeingAsked() throws Throwable {
        active(pushover());
        var broken = firing();
        eventually(() -> receipts(broken) == 1);
        pushover.forget();
        subscribeAndAwait(() -> engine.preparedQuery("update channel set settings_sealed = '' where account_id = $1")
                .execute(Tuple.of(ada.account())));
        ada = Customer.signUp(engine);
        active(pushover());
        var alert = firing();
        eventually(() -> receipts(alert) == 1);
        pushover.acknowledge(pushover.sounding().getFirst());

        subscribeAndAwait(
                () -> engine.query("update receipt set next_at = now()").execute());

        eventually(() -> ada.asks().get("/alerts/" + alert).path("acknowledgedAt") != null);
        subscribeAndAwait(() -> engine.query("delete from receipt").execute());
    }

    @Test
    void whatIsAcknowledgedHereSoundsNoLongerOnThePhone() throws Throwable {
        active(pushover());
        var alert = firing();
        eventually(() -> pushover.sounding().size() == 1);

        ada.asks().post("/alerts/" + alert + "/acknowledge").then().statusCode(200);

        eventually(() -> pushover.sounding().isEmpty());
    }

    @Test
    void anNtfyMessageIsAcknowledgedByItsButton() throws Throwable {
        active("{\"kind\":\"ntfy\",\"name\":\"push\",\"url\":\"%s\",\"topic\":\"plimsoll-x7\"}".formatted(ntfy.url()));
        var alert = firing();
        eventually(() -> ntfy.messages().stream().anyMatch(message -> message.containsKey("actions")));
        var button = ntfy.messages().stream()
                .filter(message -> message.containsKey("actions"))
                .findFirst()
                .orElseThrow()
                .getJsonArray("actions")
                .getJsonObject(0);

        given().post(URI.create(button.getString("url")).getPath()).then().statusCode(200);

        assertThat(button.getString("method")).isEqualTo("POST");
        ada.asks().get("/alerts/" + alert).then().body("acknowledgedAt", notNullValue());
        ada.asks()
                .get("/channels")
                .then()
                .body("items[0].topic", equalTo("…l-x7"))
                .body("items[0].url", containsString("127.0.0.1"));
    }

    @Test
    void aKeyThatCannotBeOneIsRefused() {
        register(pagerDuty().replace(ROUTING_KEY, "short"))
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/routingKey"))
                .body("errors[0].detail", containsString("Integration Key"));
    }

    private static String pagerDuty() {
        return "{\"kind\":\"pagerduty\",\"name\":\"on call\",\"routingKey\":\"%s\",\"signingSecret\":\"%s\"}"
                .formatted(ROUTING_KEY, SIGNING_SECRET);
    }

    private static String pushover() {
        return "{\"kind\":\"pushover\",\"name\":\"loud\",\"userKey\":\"%s\"}".formatted(LocalPushover.USER);
    }

    private Response register(String channel) {
        return ada.sends(channel).post("/channels");
    }

    /** Proven as its owner does. @return the path of its callback, if it has one */
    private String active(String channel) {
        var registered = register(channel);
        var proof = switch (registered.<String>path("kind")) {
            case "pagerduty" -> pagerDuty.requests();
            case "pushover" -> pushover.requests();
            default -> ntfy.requests();
        };
        ada.sends("{\"code\":\"" + code(proof) + "\"}")
                .post("/channels/" + registered.path("id") + "/verify")
                .then()
                .statusCode(200);
        return Optional.ofNullable(registered.<String>path("callbackUrl"))
                .map(url -> URI.create(url).getPath())
                .orElse("");
    }

    /** In the last proof that was sent. */
    private static String code(List<LocalService.Request> requests) {
        return requests.reversed().stream()
                .map(request -> Pattern.compile("The code is (\\S+?)\\.").matcher(request.body()))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    private UUID firing() throws Throwable {
        var alert = AlertRows.write(engine, ada.account(), Ids.next(), "firing");
        tell(alert, 1, "alert.firing");
        return alert;
    }

    private void tell(UUID alert, int sequence, String type) throws Throwable {
        var data = new JsonObject()
                .put(
                        "alert",
                        new JsonObject()
                                .put("id", alert.toString())
                                .put(
                                        "subject",
                                        new JsonObject().put("kind", "asset").put("id", "ETH"))
                                .put("episode", 1)
                                .put("sequence", sequence)
                                .put("reason", "crossed")
                                .put("startedAt", Instant.now().toString()))
                .put("text", "ETH loan is near.");
        var notice = new Notice(
                Ids.next(),
                ada.account(),
                Optional.of(alert),
                Optional.of(sequence),
                type,
                Severity.CRITICAL,
                Instant.now(),
                Optional.empty(),
                data.encode(),
                "ETH loan is near.");
        subscribeAndAwait(() -> engine.withTransaction(tx -> outbox.put(tx, List.of(notice))));
    }

    private void askAtOnce(UUID alert) throws Throwable {
        eventually(() -> receipts(alert) == 1);
        subscribeAndAwait(
                () -> engine.query("update receipt set next_at = now()").execute());
    }

    private long receipts(UUID alert) {
        try {
            return subscribeAndAwait(() -> engine.preparedQuery(
                                    "select count(*) from receipt join delivery d on d.id = delivery_id where d.alert_id = $1")
                            .execute(Tuple.of(alert)))
                    .iterator()
                    .next()
                    .getLong(0);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static String webhook(String event, UUID alert) {
        return new JsonObject(Map.of(
                        "event",
                        Map.of(
                                "event_type",
                                "incident." + event,
                                "agent",
                                Map.of("summary", "Grace Hopper"),
                                "data",
                                Map.of("type", "incident", "incident_key", alert.toString()))))
                .encode();
    }

    private static Response call(String path, String body, String signature) {
        return given().header("X-PagerDuty-Signature", signature)
                .contentType("application/json")
                .body(body)
                .post(path);
    }

    private static String signature(String body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SIGNING_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "v1=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static void eventually(Callable<Boolean> holds) {
        await().atMost(Duration.ofSeconds(60)).until(holds);
    }
}
