package dev.plimsoll.wire;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.wire.WireFailure.BadAnswer;
import dev.plimsoll.wire.WireFailure.NoStream;
import dev.plimsoll.wire.WireFailure.TimedOut;
import dev.plimsoll.wire.WireFailure.TooLarge;
import dev.plimsoll.wire.WireFailure.Unreachable;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";
    private static final StreamLimits LIMITS =
            new StreamLimits(Duration.ofSeconds(30), Duration.ofSeconds(30), 10_000, 100_000);
    private static final StreamLimits IMPATIENT =
            new StreamLimits(Duration.ofSeconds(30), Duration.ofMillis(800), 10_000, 100_000);

    private static Vertx vertx;
    private static OperatorHttp http;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        http = Https.operator(vertx);
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void anEventIsHandedOnBeforeTheNextOneComes() {
        var seen = new CountDownLatch(1);
        try (var server = new RawServer(out -> {
            say(out, HEAD + "\r\ndata: one\n\n");
            seen.await();
            say(out, "data: two\n\n");
        })) {
            var events = http.events(server.uri("/"), Map.of(), LIMITS)
                    .invoke(event -> seen.countDown())
                    .map(event -> event.data().toString())
                    .collect()
                    .asList()
                    .await()
                    .atMost(Duration.ofSeconds(60));

            assertThat(events).containsExactly("one", "two");
        }
    }

    @Test
    void whatIsCutInMidEventCountsUpToTheLastWholeOne() {
        try (var server = RawServer.saying(HEAD + "\r\ndata: one\n\ndata: tw")) {
            assertThat(events(server)).containsExactly("one");
        }
    }

    @Test
    void aStreamThatBreaksIsUnreachable() {
        try (var server = RawServer.saying(HEAD + "Transfer-Encoding: chunked\r\n\r\nb\r\ndata: one\n\n\r\n5\r\nda")) {
            assertThatThrownBy(() -> events(server)).isInstanceOf(Unreachable.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {":\n\n", "data: x", "id: 1\n"})
    void aStreamWithoutEventsEndsWhateverElseItSays(String drop) throws InterruptedException {
        try (var server = dribbling(HEAD + "\r\ndata: one\n\n", drop)) {
            var start = System.nanoTime();

            assertThatThrownBy(() -> events(server, IMPATIENT))
                    .isInstanceOf(TimedOut.class)
                    .hasMessageContaining("800 ms");

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(780), Duration.ofSeconds(20)); // it goes on for a minute and a half
            assertThat(server.hungUp().await(30, SECONDS)).isTrue();
        }
    }

    @Test
    void aStreamThatFallsSilentEnds() {
        try (var server = dribbling(HEAD + "\r\ndata: one\n\n", "")) {
            assertThatThrownBy(() -> events(server, IMPATIENT)).isInstanceOf(TimedOut.class);
        }
    }

    @Test
    void aHeadThatDoesNotComeEndsAtTheOpeningsDeadline() {
        var slow = new StreamLimits(Duration.ofMillis(300), Duration.ofSeconds(30), 10_000, 100_000);
        try (var server = dribbling("HTTP/1.1 200 OK\r\nX-Long: ", "x")) {
            assertThatThrownBy(() -> events(server, slow))
                    .isInstanceOf(TimedOut.class)
                    .hasMessageContaining("300 ms");
        }
    }

    @Test
    void anEventLargerThanItMayBeEndsTheStream() throws InterruptedException {
        try (var server = new RawServer(out -> {
            say(out, HEAD + "\r\ndata: ");
            for (var i = 0; i < 1 << 14; i++) {
                say(out, "x".repeat(1 << 16));
            }
        })) {
            assertThatThrownBy(() -> events(server))
                    .isInstanceOf(TooLarge.class)
                    .hasMessageContaining("10000 bytes");
            assertThat(server.hungUp().await(30, SECONDS)).isTrue();
        }
    }

    @Test
    void aRefusalIsItsStatusAndHeaders() {
        try (var server =
                RawServer.saying("HTTP/1.1 429 Too Many\r\nRetry-After: 60\r\nContent-Length: 9\r\n\r\nSECRETKEY")) {
            assertThatThrownBy(() -> events(server))
                    .hasMessage("it answered HTTP 429 instead of a stream")
                    .isInstanceOfSatisfying(
                            NoStream.class,
                            refusal -> assertThat(refusal.reply().header("retry-after"))
                                    .contains("60"));
        }
    }

    @Test
    void aRedirectIsNotFollowed() {
        try (var inner = RawServer.saying(HEAD + "\r\ndata: one\n\n");
                var server = RawServer.saying("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" + inner.port()
                        + "/\r\nContent-Length: 0\r\n\r\n")) {
            assertThatThrownBy(() -> events(server)).isInstanceOf(NoStream.class);
            assertThat(inner.connections()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: application/json\r\n",
                "Content-Type: text/event-stream-of-mine\r\n",
                "",
                "Content-Type: text/event-stream\r\nContent-Encoding: gzip\r\n"
            })
    void anythingButPlainEventsIsABadAnswer(String headers) {
        try (var server = RawServer.saying("HTTP/1.1 200 OK\r\n" + headers + "\r\ndata: one\n\n")) {
            assertThatThrownBy(() -> events(server)).isInstanceOf(BadAnswer.class);
        }
    }

    @Test
    void whoIsNoLongerInterestedHangsUp() throws InterruptedException {
        try (var server = dribbling(HEAD + "\r\n", "data: one\n\n")) {
            var first = http.events(server.uri("/"), Map.of(), LIMITS)
                    .select()
                    .first(2)
                    .collect()
                    .asList()
                    .await()
                    .atMost(Duration.ofSeconds(60));

            assertThat(first).hasSize(2);
            assertThat(server.hungUp().await(30, SECONDS)).isTrue();
        }
    }

    @Test
    void aFloodWaitsInTheSocket() {
        var sent = new AtomicLong();
        var event = "data: " + "x".repeat(992) + "\n\n";
        try (var server = new RawServer(out -> {
            say(out, HEAD + "\r\n");
            while (sent.addAndGet(event.length()) < 1L << 30) {
                say(out, event);
            }
        })) {
            var subscriber = http.events(server.uri("/"), Map.of(), LIMITS)
                    .subscribe()
                    .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
            var start = System.nanoTime();

            await().until(() -> subscriber.getItems().size() > 250);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
            subscriber.cancel();
        }
    }

    private static List<String> events(RawServer server) {
        return events(server, LIMITS);
    }

    private static List<String> events(RawServer server, StreamLimits limits) {
        return http.events(server.uri("/stream?key=SECRETKEY"), Map.of("Authorization", "Bearer SECRETKEY"), limits)
                .map(event -> event.data().toString())
                .collect()
                .asList()
                .await()
                .atMost(Duration.ofSeconds(60));
    }

    private static RawServer dribbling(String head, String drop) {
        return new RawServer(out -> {
            say(out, head);
            for (var i = 0; i < 2_000; i++) {
                say(out, drop);
                Thread.sleep(50);
            }
        });
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
