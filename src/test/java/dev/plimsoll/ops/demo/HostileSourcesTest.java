package dev.plimsoll.ops.demo;

import static io.restassured.path.json.JsonPath.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.plimsoll.pipeline.HandClock;
import dev.plimsoll.pipeline.Watch;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A source that lies or dies neither raises nor ends an alert; when all die, that is said, and nothing else. */
@QuarkusTest
@TestProfile(ReplayProfile.class)
class HostileSourcesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** ETH at 2,849: the ETH loan is 14.9 % from liquidation; 30 % less would liquidate it. */
    private static final Instant MIDNIGHT = Instant.parse("2025-02-03T00:01:00Z");

    private static final List<String> SOURCES = List.of("coinbase", "kraken", "binance", "bitstamp", "coingecko");

    @Inject
    Vertx vertx;

    @Inject
    HandClock clock;

    @Inject
    Watch watch;

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    private final CrashWindow crash = CrashWindow.named("2025-02-03").orElseThrow();
    private Replay replay;

    @BeforeEach
    void twoLoans() {
        replay = new Replay(vertx, clock, watch, engine);
        replay.begin(crash);
        replay.register(crash, "eth-loan", "btc-treasury");
        replay.ticks(MIDNIGHT.minus(MINUTE.multipliedBy(3)), MIDNIGHT, MINUTE);
    }

    @AfterEach
    void end() {
        replay.end();
    }

    static Stream<Arguments> lies() {
        return Stream.of(
                arguments("30 % too low", says("1994.30"), "divergence"),
                arguments("30 % too high", says("3703.70"), "divergence"),
                arguments("NaN", says("NaN"), "not-a-price"),
                arguments("zero", says("0"), "not-a-price"),
                arguments("negative", says("-2849"), "not-a-price"),
                arguments("1e400", says("1e400"), "not-a-price"),
                arguments("HTML", body("text/html", "<html><body>Be right back</body></html>"), "malformed"),
                arguments("a redirect", redirect(), "redirected"),
                arguments("a gigabyte", (Handler<RoutingContext>) HostileSourcesTest::gigabyte, "too-large"),
                arguments("nothing, ever", (Handler<RoutingContext>) call -> {}, "timed-out"),
                arguments("a byte a second", (Handler<RoutingContext>) HostileSourcesTest::dribble, "timed-out"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void oneSourceThatLiesChangesNothing(String lie, Handler<RoutingContext> answer, String reason) {
        var before = replay.timeline();

        replay.answer(ReplayProfile.LIAR, answer);
        var started = System.nanoTime();
        replay.ticks(MIDNIGHT.plus(MINUTE), MIDNIGHT.plus(MINUTE.multipliedBy(4)), MINUTE);
        var took = Duration.ofNanos(System.nanoTime() - started);

        assertThat(replay.timeline()).isEqualTo(before);
        assertThat(took).isLessThan(Duration.ofSeconds(30)); // three ticks
        assertThat(said(reason)).isEqualTo(reason);
    }

    /** What a reader of the market page sees of the liar. */
    private String said(String reason) {
        if (reason.equals("divergence")) {
            var eth = from(replay.get("/market/prices/ETH"));
            boolean used = eth.getBoolean("sources.find { it.source == 'coinbase' }.used");
            return used ? "believed" : "divergence";
        }
        var sources = from(replay.get("/market/sources"));
        assertThat(sources.getString("items.find { it.source == 'coinbase' }.state"))
                .isIn("silent", "degraded");
        var silences = sources.getMap("items.find { it.source == 'coinbase' }.silences");
        return silences.containsKey(reason) ? reason : silences.toString();
    }

    @Test
    void whenAllSourcesDieNothingResolvesAndBlindnessIsToldOnceAndItsEndToo() {
        var before = replay.timeline();
        String lastHealthFactor =
                from(replay.get("/positions")).get("items.find { it.key == 'eth-loan' }.health.healthFactor");

        SOURCES.forEach(source ->
                replay.answer(source, call -> call.response().setStatusCode(503).end()));
        replay.ticks(MIDNIGHT.plus(MINUTE), MIDNIGHT.plus(MINUTE.multipliedBy(30)), MINUTE);

        var health = from(replay.get("/positions")).getMap("items.find { it.key == 'eth-loan' }.health");
        assertThat(health).containsEntry("judgement", "unknown").doesNotContainKey("healthFactor");
        assertThat(health.get("lastKnown"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("healthFactor", lastHealthFactor)
                .containsEntry("asOf", MIDNIGHT.toString());
        assertThat(sinceThen(before)).allMatch(line -> line.contains(" account:prices warning "));
        assertThat(sinceThen(before))
                .filteredOn(line -> line.contains("alert.firing"))
                .hasSize(1);

        SOURCES.forEach(source -> replay.answer(source, RoutingContext::next));
        replay.ticks(MIDNIGHT.plus(MINUTE.multipliedBy(31)), MIDNIGHT.plus(MINUTE.multipliedBy(40)), MINUTE);

        assertThat(sinceThen(before))
                .filteredOn(line -> line.contains("account:prices warning alert.resolved"))
                .hasSize(1);
        var sighted = from(replay.get("/positions")).getMap("items.find { it.key == 'eth-loan' }.health");
        assertThat(sighted).containsEntry("judgement", "judged");
    }

    private List<String> sinceThen(List<String> before) {
        var now = replay.timeline();
        return now.subList(before.size(), now.size());
    }

    private static Handler<RoutingContext> says(String price) {
        return body(
                "application/json",
                "{\"trade_id\":1,\"price\":\"%1$s\",\"size\":\"1\",\"time\":\"2025-02-03T00:02:30Z\",\"bid\":\"%1$s\",\"ask\":\"%1$s\",\"volume\":\"1\"}"
                        .formatted(price));
    }

    private static Handler<RoutingContext> body(String type, String text) {
        return call -> call.response().putHeader("content-type", type).end(text);
    }

    private static Handler<RoutingContext> redirect() {
        return call -> call.response()
                .setStatusCode(302)
                .putHeader("location", "http://127.0.0.1:1/inner")
                .end();
    }

    private static void gigabyte(RoutingContext call) {
        var chunk = Buffer.buffer(new byte[1 << 20]);
        call.response().putHeader("content-type", "application/json").setChunked(true);
        call.response().drainHandler(ready -> more(call, chunk));
        more(call, chunk);
    }

    private static void more(RoutingContext call, Buffer chunk) {
        while (!call.response().closed()
                && !call.response().writeQueueFull()
                && call.response().bytesWritten() < 1L << 30) {
            call.response().write(chunk);
        }
    }

    private static void dribble(RoutingContext call) {
        call.response().putHeader("content-type", "application/json").setChunked(true);
        call.vertx().setPeriodic(1_000, timer -> {
            if (call.response().closed()) {
                call.vertx().cancelTimer(timer);
            } else {
                call.response().write("{");
            }
        });
    }
}
