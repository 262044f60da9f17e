package dev.plimsoll.api;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.MarketSnapshotJson;
import dev.plimsoll.oracle.SourceBoard;
import dev.plimsoll.oracle.SourceBoard.Posted;
import dev.plimsoll.oracle.SourceStatus.State;
import dev.plimsoll.oracle.SourceStatusJson;
import dev.plimsoll.risk.Given;
import dev.plimsoll.unit.Ids;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that listen to {@code GET /stream}, each over a connection of its own. */
@QuarkusTest
@TestProfile(StreamTest.Streaming.class)
class StreamTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /** Every test writes markets of an epoch of its own: none is older than what an earlier one left. */
    private static long epoch = 1_000_000;

    public static class Streaming implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            var settings = new HashMap<>(new ApiProfile().getConfigOverrides());
            settings.putAll(Map.of(
                    "plimsoll.pipeline.follow", "true",
                    "plimsoll.api.trusted-proxies", "127.0.0.0/8",
                    "plimsoll.api.stream.heartbeat", "300ms",
                    "plimsoll.api.stream.per-address", "3",
                    "plimsoll.api.stream.per-key", "2",
                    "plimsoll.api.stream.connections", "6",
                    "plimsoll.api.stream.backlog-bytes", "65536"));
            return settings;
        }
    }

    @Inject
    LatestMarket latest;

    @Inject
    SourceBoard board;

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    private final List<Listener> listeners = new ArrayList<>();

    @AfterEach
    void nobodyListens() throws Throwable {
        listeners.forEach(Listener::close);
        subscribeAndAwait(() -> engine.query("delete from snapshot").execute());
        await().until(() -> Management.metrics().contains("plimsoll_stream_connections 0.0"));
    }

    @Test
    void theFirstEventIsTheWholeMarketAndThenOnlyWhatChanged() throws IOException {
        publish(NOON, "ETH 2981.11", "BTC 59000..60000", "USDC ?");

        var listener = listens("", Map.of());
        listener.awaits("market", 1);
        publish(NOON.plusSeconds(10), "ETH 2990", "BTC 59000..60000", "USDC ?");

        var events = listener.awaits("market", 2);
        assertThat(events.get(0).assets()).containsExactly("BTC", "ETH", "USDC");
        assertThat(events.get(0).data().getBoolean("whole")).isTrue();
        assertThat(events.get(1).assets()).containsExactly("ETH");
        assertThat(events.get(1).data().getString("asOf")).isEqualTo("2026-11-21T12:00:10Z");
        assertThat(events.get(1).data().getJsonArray("assets").getJsonObject(0).getString("price"))
                .isEqualTo("2990");
        assertThat(events.get(1).id()).isEqualTo(NOON.plusSeconds(10).toEpochMilli() + "-0");
        assertThat(listener.comments().getFirst()).matches("retry: [2-4]\\d{3}");
    }

    @Test
    void onlyTheAssetsAndEventsThatAreWantedAreTold() throws IOException {
        publish(NOON, "ETH 2981", "BTC 59000");
        var ether = listens("?assets=weth", Map.of());
        var sources = listens("?events=source", Map.of());
        ether.awaits("market", 1);
        await().until(() -> !sources.comments().isEmpty());

        await().until(() -> {
            post("kraken", State.OK);
            publish(NOON, "ETH 2981", "BTC 59000");
            post("kraken", State.SILENT);
            return sources.heard("source").stream()
                    .anyMatch(event -> event.data().getString("state").equals("silent"));
        });

        assertThat(ether.awaits("market", 1).getFirst().assets()).containsExactly("ETH");
        assertThat(sources.heard()).allSatisfy(event -> assertThat(event.name()).isEqualTo("source"));
    }

    @Test
    void aQuietStreamIsKeptAlive() throws IOException {
        var listener = listens("", Map.of());

        await().until(() -> listener.comments().stream().filter(":"::equals).count() >= 3);
    }

    @Test
    void whatAnotherReplicaPublishesIsHeardHere() throws Throwable {
        publish(NOON, "ETH 2981");
        var listener = listens("", Map.of());
        listener.awaits("market", 1);

        publishElsewhere(Given.marketAt(NOON.plusSeconds(10), "ETH 2900"));

        var heard = listener.awaits("market", 2)
                .get(1)
                .data()
                .getJsonArray("assets")
                .getJsonObject(0);
        assertThat(heard.getString("price")).isEqualTo("2900");
    }

    @Test
    void anOwnerHearsOfAlertsAndPositionsAndNobodyElseDoes() throws Throwable {
        publish(NOON, "ETH 2981.11", "USDC 1");
        var ada = Ada.signsUp();
        var eve = Ada.signsUp();
        var position = ada.creates(
                        "/positions",
                        Document.read()
                                .operation("POST /positions")
                                .example()
                                .orElseThrow()
                                .encode())
                .getString("id");
        var hers = listens("", key(ada));
        var theirs = listens("", key(eve));
        var everybody = listens("", Map.of());

        hers.awaits("position", 1);
        var alert = fires(ada, 1, "alert.firing");

        var heard = hers.awaits("alert", 1).getFirst();
        assertThat(heard.data().getString("id")).isEqualTo(alert.toString());
        assertThat(heard.data().getString("state")).isEqualTo("firing");
        assertThat(heard.data().getJsonObject("transition").getString("type")).isEqualTo("alert.firing");
        assertThat(hers.heard("position").getFirst().data().getString("id")).isEqualTo(position);
        assertThat(hers.heard("position")
                        .getFirst()
                        .data()
                        .getJsonObject("health")
                        .getString("judgement"))
                .isEqualTo("judged");
        eveAndThePublicHeardTheNextMarket(theirs, everybody);
        assertThat(theirs.heard()).allSatisfy(event -> assertThat(event.name()).isEqualTo("market"));
        assertThat(everybody.heard())
                .allSatisfy(event -> assertThat(event.name()).isEqualTo("market"));
    }

    private void eveAndThePublicHeardTheNextMarket(Listener theirs, Listener everybody) {
        publish(NOON.plusSeconds(10), "ETH 2981.11", "USDC 1");
        theirs.awaits("market", 2);
        everybody.awaits("market", 2);
    }

    @Test
    void aPositionIsToldAgainWhenTheMarketChangesItsFigures() throws IOException {
        publish(NOON, "ETH 2981.11", "USDC 1");
        var ada = Ada.signsUp();
        ada.creates(
                "/positions",
                Document.read()
                        .operation("POST /positions")
                        .example()
                        .orElseThrow()
                        .encode());
        var listener = listens("", key(ada));
        var before = listener.awaits("position", 1).getFirst().data().getJsonObject("health");

        publish(NOON.plusSeconds(10), "ETH 2000", "USDC 1");

        var after = listener.awaits("position", 2).get(1).data().getJsonObject("health");
        assertThat(after.getString("healthFactor")).isNotEqualTo(before.getString("healthFactor"));
    }

    @Test
    void whatHappenedWhileTheConnectionWasGoneIsToldAfterwards() throws Throwable {
        publish(NOON, "ETH 2981.11");
        var ada = Ada.signsUp();
        var first = listens("", key(ada));
        first.awaits("market", 1);
        var alert = fires(ada, 1, "alert.firing");
        first.awaits("alert", 1);
        publish(NOON.plusSeconds(10), "ETH 2981.11");
        var last = first.awaits("market", 2).getLast().id();
        first.close();

        steps(ada, alert, 2, "alert.worsened");
        var second = listens("", Map.of("Authorization", "Bearer " + ada.key(), "Last-Event-ID", last));

        assertThat(second.awaits("market", 1).getFirst().data().getBoolean("whole"))
                .isTrue();
        await().until(() -> sequences(second).contains(2));
    }

    @Test
    void eachStepIsToldOnceHoweverLongOneListens() throws Throwable {
        var ada = Ada.signsUp();
        var listener = listens("", key(ada));
        await().until(() -> listener.comments().size() > 1);

        var alert = fires(ada, 1, "alert.firing");
        listener.awaits("alert", 1);
        steps(ada, alert, 2, "alert.worsened");
        listener.awaits("alert", 2);
        steps(ada, alert, 3, "alert.resolved");

        listener.awaits("alert", 3);
        assertThat(sequences(listener)).containsExactly(1, 2, 3);
    }

    @Test
    void aBadKeyIsRefusedAndNoneIsNot() {
        given().header("Authorization", "Bearer plm_nonsense")
                .when()
                .get("/api/v1/stream")
                .then()
                .statusCode(401)
                .contentType("application/problem+json");
    }

    @Test
    void aRevokedKeyEndsItsStreams() throws IOException {
        var ada = Ada.signsUp();
        var other = ada.with(ada.addsKey("read"));
        var listener = listens("", key(other));
        var stays = listens("", key(ada));
        await().until(() -> listener.comments().size() > 1);
        String id = ada.gets("/account/keys").path("items.find { it.name == 'k' }.id");

        ada.calls().delete("/account/keys/" + id).then().statusCode(204);

        listener.awaitsEnd();
        assertThat(stays.isOver()).isFalse();
    }

    @Test
    void aSuspendedAccountsStreamsEnd() throws Throwable {
        var ada = Ada.signsUp();
        var listener = listens("", key(ada));
        await().until(() -> listener.comments().size() > 1);

        subscribeAndAwait(() -> engine.preparedQuery(
                        "update account set suspended_at = now(), suspended_because = 'its bill' where id = $1")
                .execute(Tuple.of(UUID.fromString(ada.id()))));

        listener.awaitsEnd();
    }

    @Test
    void aDeletedAccountEndsItsStreams() throws IOException {
        var ada = Ada.signsUp();
        var listener = listens("", key(ada));
        await().until(() -> listener.comments().size() > 1);

        ada.calls().delete("/account").then().statusCode(204);

        listener.awaitsEnd();
    }

    @Test
    void oneAddressOneKeyAndTheServerHaveTheirLimits() throws IOException {
        var ada = Ada.signsUp();
        for (var address : List.of("192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2")) {
            listens("", Map.of("X-Forwarded-For", address));
        }
        listens("", Map.of("X-Forwarded-For", "192.0.2.3", "Authorization", "Bearer " + ada.key()));
        await().until(() -> Management.metrics().contains("plimsoll_stream_connections 5.0"));

        given().header("X-Forwarded-For", "192.0.2.1")
                .when()
                .get("/api/v1/stream")
                .then()
                .statusCode(429)
                .header("Retry-After", equalTo("30"))
                .body("detail", containsString("Your address has 3 streams open"));
        listens("", Map.of("X-Forwarded-For", "192.0.2.3", "Authorization", "Bearer " + ada.key()));
        await().until(() -> Management.metrics().contains("plimsoll_stream_connections 6.0"));
        given().header("X-Forwarded-For", "192.0.2.4")
                .when()
                .get("/api/v1/stream")
                .then()
                .statusCode(429)
                .header("Retry-After", matchesPattern("\\d+"));
        listeners.getFirst().close();
        await().until(() -> Management.metrics().contains("plimsoll_stream_connections 5.0"));
        given().header("X-Forwarded-For", "192.0.2.5")
                .header("Authorization", "Bearer " + ada.key())
                .when()
                .get("/api/v1/stream")
                .then()
                .statusCode(429)
                .body("detail", containsString("Your API key has 2 streams open"));
    }

    @Test
    void aClientThatDoesNotReadIsCutOffAndTheOthersHearOn() throws IOException {
        publish(NOON, "ETH 2981");
        var awake = listens("", Map.of());
        awake.awaits("market", 1);
        try (var asleep = new Socket()) {
            asleep.setReceiveBufferSize(4_096);
            asleep.connect(new InetSocketAddress("localhost", RestAssured.port));
            OutputStream out = asleep.getOutputStream();
            out.write("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            await().until(() -> Management.metrics().contains("plimsoll_stream_connections 2.0"));

            var prices = IntStream.range(0, 40).mapToObj(n -> "A" + n).toList();
            for (var round = 0; Management.metrics().contains("plimsoll_stream_dropped_total 0.0"); round++) {
                assertThat(round).isLessThan(3_000);
                var price = " " + (100 + round);
                publish(
                        NOON.plusSeconds(round),
                        prices.stream().map(asset -> asset + price).toArray(String[]::new));
            }

            await().until(() -> Management.metrics().contains("plimsoll_stream_connections 1.0"));
            assertThat(awake.isOver()).isFalse();
        }
    }

    @Test
    void anUnknownFilterIsRefusedByName() {
        when().get("/api/v1/stream?assets=NOPE").then().statusCode(400).body("detail", containsString("'NOPE'"));
        when().get("/api/v1/stream?events=prices").then().statusCode(400).body("detail", containsString("'prices'"));
        when().get("/api/v1/stream?events=alert").then().statusCode(400).body("detail", containsString("API key"));
    }

    @Test
    void aHeadRequestIsAnsweredAndOver() {
        when().head("/api/v1/stream").then().statusCode(200).contentType("text/event-stream");
    }

    private Listener listens(String query, Map<String, String> headers) throws IOException {
        var listener = Listener.to(query, headers);
        listeners.add(listener);
        return listener;
    }

    private static Map<String, String> key(Ada ada) {
        return Map.of("Authorization", "Bearer " + ada.key());
    }

    private void publish(Instant at, String... prices) {
        latest.offer(++epoch, Given.marketAt(at, prices));
    }

    private void publishElsewhere(MarketSnapshot market) throws Throwable {
        subscribeAndAwait(() -> engine.preparedQuery("""
                        insert into snapshot (name, epoch, at, data) values ('market', $1, $2, $3)
                        on conflict (name) do update set epoch = $1, at = $2, data = $3""")
                .execute(Tuple.of(
                        ++epoch, market.tick().at().atOffset(ZoneOffset.UTC), MarketSnapshotJson.write(market))));
    }

    private void post(String source, State state) {
        var status = SourceStatusJson.read(new JsonObject("""
                {"source":"%1$s","family":"%1$s","host":"api.example","state":"%2$s","errorRate":"0","silentAssets":0,
                 "pace":"PT1S","breaker":"closed","silences":{}}""".formatted(source, state.word())));
        board.offer(new Posted(++epoch, NOON, List.of(status)));
    }

    private static List<Integer> sequences(Listener listener) {
        return listener.heard("alert").stream()
                .map(event -> event.data().getJsonObject("transition").getInteger("sequence"))
                .toList();
    }

    /** As the watch of some replica writes it. */
    private UUID fires(Ada ada, int sequence, String type) throws Throwable {
        var alert = Ids.next();
        subscribeAndAwait(() ->
                engine.preparedQuery("""
                        insert into alert (id, account_id, rule_id, subject, episode, state, severity, sequence,
                                           started_at, life, shown)
                        values ($1, $2, $3, 'account:prices', 1, 'firing', 'warning', $4, now(), '{}', '{"rule":{"name":"r"}}')
                        """).execute(Tuple.of(alert, UUID.fromString(ada.id()), Ids.next(), sequence)));
        steps(ada, alert, sequence, type);
        return alert;
    }

    private void steps(Ada ada, UUID alert, int sequence, String type) throws Throwable {
        subscribeAndAwait(
                () -> engine.preparedQuery("""
                        insert into transition (alert_id, account_id, sequence, type, reason, severity, at)
                        values ($1, $2, $3, $4, 'crossed', 'warning', now())
                        """).execute(Tuple.of(alert, UUID.fromString(ada.id()), sequence, type)));
    }
}
