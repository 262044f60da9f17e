package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.plimsoll.unit.Tick;
import dev.plimsoll.wire.Guarded;
import dev.plimsoll.wire.OperatorHttp;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadManTest {
    private static final Duration NOTHING_WAITS = Duration.ZERO;
    private static final Duration AT_ONCE = Duration.ZERO;

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> pings = new CopyOnWriteArrayList<>();
    private HttpServer outside;
    private volatile int answer = 200;

    @BeforeEach
    void somebodyOutsideWaitsForPings() throws IOException {
        outside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        outside.createContext("/", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            pings.add(exchange.getRequestURI() + " " + body);
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        outside.start();
    }

    @AfterEach
    void close() {
        outside.stop(0);
        vertx.close();
    }

    @Test
    void aPingLeavesWhenPositionsAreJudgedAndNothingUrgentWaits() {
        var deadMan = deadMan(NOTHING_WAITS, AT_ONCE);

        deadMan.heard(tick(100, 5));
        ping(deadMan);

        assertThat(pings)
                .containsExactly(
                        "/TOKEN?rid=1 tick 7 at 2026-11-21T10:00:00Z: 95 of 100 positions with debt judged in 12 ms");
        assertThat(sent("well")).isEqualTo(1);
    }

    @Test
    void whenTooManyCannotBeJudgedItFailsAndSaysWhy() {
        var deadMan = deadMan(NOTHING_WAITS, AT_ONCE);

        deadMan.heard(tick(100, 6));
        ping(deadMan);

        assertThat(pings).containsExactly("/TOKEN/fail?rid=1 only 94 of 100 positions with debt could be judged");
        assertThat(sent("fail")).isEqualTo(1);
    }

    @Test
    void whenAnUrgentMessageHasWaitedAMinuteItFailsAndSaysWhy() {
        var deadMan = deadMan(Duration.ofSeconds(60), AT_ONCE);

        deadMan.heard(tick(0, 0));
        ping(deadMan);

        assertThat(pings).containsExactly("/TOKEN/fail?rid=1 the oldest urgent message has not been sent for 60 s");
    }

    @Test
    void aWatchThatTicksNoMoreSendsNothing() {
        var deadMan = deadMan(NOTHING_WAITS, AT_ONCE);
        deadMan.heard(tick(1, 0));
        ping(deadMan);

        ping(deadMan);

        assertThat(pings).hasSize(1);
    }

    @Test
    void aReplicaThatStandsBySendsNothing() {
        var deadMan = deadMan(NOTHING_WAITS, AT_ONCE);
        deadMan.heard(tick(1, 0));

        deadMan.heard(report(false, 1, 0)); // another replica took over before the ping left
        ping(deadMan);

        assertThat(pings).isEmpty();
    }

    @Test
    void moreThanOneAMinuteNeverLeaves() {
        var deadMan = deadMan(NOTHING_WAITS, Duration.ofMinutes(1));

        for (int i = 0; i < 6; i++) {
            deadMan.heard(tick(1, 0));
            ping(deadMan);
        }

        assertThat(pings).hasSize(1);
    }

    @Test
    void whenThePingCannotLeaveItIsCountedAndItsUrlStaysSecret() {
        outside.stop(0);
        var deadMan = deadMan(NOTHING_WAITS, AT_ONCE);
        deadMan.heard(tick(1, 0));

        var logged = logged(() -> ping(deadMan));

        assertThat(sent("unsent")).isEqualTo(1);
        assertThat(logged).hasSize(1).noneMatch(line -> line.contains("TOKEN"));
    }

    @Test
    void whenThePingIsRefusedItIsCountedAndTheNextOneTriesAgain() {
        answer = 500;
        var deadMan = deadMan(NOTHING_WAITS, AT_ONCE);

        deadMan.heard(tick(1, 0));
        ping(deadMan);
        deadMan.heard(tick(1, 0));
        ping(deadMan);

        assertThat(sent("unsent")).isEqualTo(2);
    }

    @Test
    void whenTheDatabaseDoesNotAnswerNothingLeaves() {
        var deadMan =
                new DeadMan(http(), () -> Uni.createFrom().failure(new IOException("gone")), meters, url(), AT_ONCE);
        deadMan.heard(tick(1, 0));

        ping(deadMan);

        assertThat(pings).isEmpty();
        assertThat(sent("unsent")).isEqualTo(1);
    }

    @Test
    void withoutAUrlNothingLeaves() {
        var deadMan =
                new DeadMan(http(), () -> Uni.createFrom().item(NOTHING_WAITS), meters, Optional.empty(), AT_ONCE);
        deadMan.heard(tick(1, 0));

        ping(deadMan);

        assertThat(pings).isEmpty();
    }

    @Test
    void whatIsNoUrlIsRefusedAtStartAndNotRepeated() {
        assertThatThrownBy(() -> DeadManUrl.of("ftp://outside.example/TOKEN"))
                .hasMessageContaining("plimsoll.pipeline.dead-man-url")
                .hasMessageNotContaining("TOKEN");
        assertThat(DeadManUrl.of("https://outside.example/TOKEN").toString()).doesNotContain("TOKEN");
    }

    private DeadMan deadMan(Duration oldestUnsent, Duration pause) {
        return new DeadMan(http(), () -> Uni.createFrom().item(oldestUnsent), meters, url(), pause);
    }

    private OperatorHttp http() {
        return new OperatorHttp(vertx, Guarded.usual());
    }

    private Optional<String> url() {
        return Optional.of("http://127.0.0.1:" + outside.getAddress().getPort() + "/TOKEN?rid=1");
    }

    private static void ping(DeadMan deadMan) {
        deadMan.ping().await().atMost(Duration.ofSeconds(20));
    }

    private static TickReport tick(int indebted, int unseen) {
        return report(true, indebted, unseen);
    }

    private static TickReport report(boolean held, int indebted, int unseen) {
        return new TickReport(
                new Tick(7, Instant.parse("2026-11-21T10:00:00Z"), Duration.ofSeconds(10)),
                held,
                indebted + 1_000,
                indebted,
                unseen,
                Optional.empty(),
                0,
                List.of(),
                0,
                false,
                Duration.ofMillis(12));
    }

    private double sent(String outcome) {
        return meters.counter("plimsoll.deadman.pings", "outcome", outcome).count();
    }

    private static List<String> logged(Runnable work) {
        var lines = new ArrayList<String>();
        var log = Logger.getLogger(DeadMan.class.getName());
        var handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {
                // nothing is held back
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        log.addHandler(handler);
        try {
            work.run();
        } finally {
            log.removeHandler(handler);
        }
        return lines;
    }
}
