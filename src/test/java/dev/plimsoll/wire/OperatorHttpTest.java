package dev.plimsoll.wire;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.wire.WireFailure.BadAnswer;
import dev.plimsoll.wire.WireFailure.TimedOut;
import dev.plimsoll.wire.WireFailure.TlsFailed;
import dev.plimsoll.wire.WireFailure.TooLarge;
import dev.plimsoll.wire.WireFailure.Unreachable;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OperatorHttpTest {
    private static final Limits HALF_A_SECOND = new Limits(Duration.ofMillis(500), 100_000);
    private static final Limits PATIENT = new Limits(Duration.ofSeconds(30), 100_000);

    private static Vertx vertx;
    private static OperatorHttp http;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        http = new OperatorHttp(vertx, config());
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    static WireConfig config() {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(WireConfig.class)
                .build()
                .getConfigMapping(WireConfig.class);
    }

    @Test
    void anAnswerHasStatusHeadersAndBody() {
        try (var server = RawServer.saying("HTTP/1.1 200 OK\r\nX-Thing: yes\r\nContent-Length: 5\r\n\r\nhello")) {
            var reply = get(server);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("x-thing")).contains("yes");
            assertThat(reply.text()).isEqualTo("hello");
        }
    }

    @Test
    void aPostCarriesItsBody() throws Exception {
        var echo = serve(request -> request.body().onSuccess(request.response()::end));

        var reply = http.post(
                        URI.create("http://127.0.0.1:" + echo.actualPort() + "/rpc"),
                        Map.of("Content-Type", "application/json"),
                        Buffer.buffer("{\"id\":1}"),
                        PATIENT)
                .await()
                .atMost(Duration.ofSeconds(60));

        assertThat(reply.text()).isEqualTo("{\"id\":1}");
    }

    @Test
    void aRedirectIsAnAnswerAndIsNotFollowed() {
        try (var inner = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                var server = RawServer.saying("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" + inner.port()
                        + "/\r\nContent-Length: 0\r\n\r\n")) {
            var reply = get(server);

            assertThat(reply.status()).isEqualTo(302);
            assertThat(inner.connections()).isZero();
        }
    }

    @Test
    void aBodyThatDribblesEndsAtTheDeadlineAndItsConnectionIsClosed() throws InterruptedException {
        try (var server = dribbling("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", "x")) {
            assertEndsAtTheDeadline(server);
            assertThat(server.hungUp().await(30, SECONDS)).isTrue();
        }
    }

    @Test
    void aHeadThatDribblesEndsAtTheDeadline() {
        try (var server = dribbling("HTTP/1.1 200 OK\r\nX-Long: ", "x")) {
            assertEndsAtTheDeadline(server);
        }
    }

    @Test
    void endless100ContinueEndsAtTheDeadline() {
        try (var server = dribbling("", "HTTP/1.1 100 Continue\r\n\r\n")) {
            assertEndsAtTheDeadline(server);
        }
    }

    @Test
    void aServerThatSaysNothingEndsAtTheDeadline() {
        try (var server = dribbling("", "")) {
            assertEndsAtTheDeadline(server);
        }
    }

    @Test
    void callsThatWaitForAConnectionEndAtTheDeadlineTooAndTheNextOneWorks() {
        var calls = new AtomicInteger();
        try (var server = new RawServer(out -> {
            if (calls.incrementAndGet() <= 8) {
                Thread.sleep(60_000);
            }
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
        })) {
            var start = System.nanoTime();
            var all = IntStream.range(0, 30)
                    .mapToObj(i -> http.get(server.uri("/"), Map.of(), HALF_A_SECOND)
                            .map(reply -> "answered")
                            .onFailure(TimedOut.class)
                            .recoverWithItem("timed out"))
                    .toList();
            var outcomes = Uni.join().all(all).andFailFast().await().atMost(Duration.ofSeconds(60));

            assertThat(outcomes).contains("timed out").hasSize(30);
            assertThat(System.nanoTime() - start)
                    .isLessThan(Duration.ofSeconds(20).toNanos());
            assertThat(get(server).text()).isEqualTo("ok");
        }
    }

    @Test
    void aGigabyteIsRefusedAtTheCap() throws InterruptedException {
        try (var server = new RawServer(out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var chunk = new byte[1 << 16];
            for (int i = 0; i < 1 << 14; i++) {
                out.write(chunk);
            }
        })) {
            assertThatThrownBy(() -> get(server)).isInstanceOf(TooLarge.class).hasMessageContaining("100000 bytes");
            assertThat(server.hungUp().await(30, SECONDS)).isTrue();
        }
    }

    @Test
    void aBodyInChunksOfOneByteIsTooLargeLongBeforeTheCap() {
        var chunked =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + "1\r\nx\r\n".repeat(5_000) + "0\r\n\r\n";
        try (var server = RawServer.saying(chunked)) {
            assertThatThrownBy(() -> get(server)).isInstanceOf(TooLarge.class);
        }
    }

    @Test
    void aBodyCutAtTheCapKeepsItsStatus() {
        try (var server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789")) {
            var reply = http.get(server.uri("/"), Map.of(), new Limits(Duration.ofSeconds(1), 4, Limits.Excess.CUT))
                    .await()
                    .atMost(Duration.ofSeconds(60));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).isEqualTo("0123");
        }
    }

    @Test
    void aGzipBombIsNotInflated() throws IOException {
        var bomb = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[50_000_000]);
        }
        try (var server = new RawServer(out -> {
            out.write(("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + bomb.size() + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            bomb.writeTo(out);
        })) {
            assertThatThrownBy(() -> http.get(server.uri("/"), Map.of(), Limits.within(Duration.ofSeconds(2)))
                            .await()
                            .atMost(Duration.ofSeconds(60)))
                    .isInstanceOf(BadAnswer.class)
                    .hasMessageContaining("compressed");
        }
    }

    @Test
    void aHeaderBombIsABadAnswer() {
        try (var server = RawServer.saying("HTTP/1.1 200 OK\r\nX-Bomb: " + "x".repeat(1 << 20) + "\r\n\r\n")) {
            assertThatThrownBy(() -> get(server)).isInstanceOf(BadAnswer.class);
        }
    }

    @Test
    void whatIsNotHttpIsABadAnswer() {
        try (var server = RawServer.saying("SSH-2.0-OpenSSH_9.6\r\n\r\n")) {
            assertThatThrownBy(() -> get(server)).isInstanceOf(BadAnswer.class);
        }
    }

    @Test
    void aConnectionClosedHalfWayIsUnreachable() {
        try (var server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")) {
            assertThatThrownBy(() -> get(server)).isInstanceOf(Unreachable.class);
        }
    }

    @Test
    void aRefusedConnectionIsUnreachableAndSaysNothingOfTheUrl() {
        var free = FreePort.next();

        assertThatThrownBy(() -> http.get(URI.create("http://127.0.0.1:" + free + "/v2/SECRETKEY"), Map.of(), PATIENT)
                        .await()
                        .atMost(Duration.ofSeconds(60)))
                .isInstanceOf(Unreachable.class)
                .hasMessage("the connection was refused")
                .hasNoCause();
    }

    @Test
    void plainHttpBehindHttpsIsATlsFailure() throws Exception {
        var plain = serve(request -> request.response().end());

        assertThatThrownBy(
                        () -> http.get(URI.create("https://127.0.0.1:" + plain.actualPort() + "/"), Map.of(), PATIENT)
                                .await()
                                .atMost(Duration.ofSeconds(60)))
                .isInstanceOf(TlsFailed.class);
    }

    private static HttpServer serve(Handler<HttpServerRequest> handler) throws Exception {
        return vertx.createHttpServer()
                .requestHandler(handler)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, SECONDS);
    }

    private static Reply get(RawServer server) {
        return get(server, PATIENT);
    }

    private static Reply get(RawServer server, Limits limits) {
        return http.get(server.uri("/price?key=SECRETKEY"), Map.of(), limits)
                .await()
                .atMost(Duration.ofSeconds(60));
    }

    private static void assertEndsAtTheDeadline(RawServer server) {
        var start = System.nanoTime();

        assertThatThrownBy(() -> get(server, HALF_A_SECOND))
                .isInstanceOf(TimedOut.class)
                .hasMessageContaining("500 ms");

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(450), Duration.ofSeconds(20)); // it goes on for a minute and a half
    }

    private static RawServer dribbling(String head, String drop) {
        return new RawServer(out -> {
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 2_000; i++) {
                out.write(drop.getBytes(StandardCharsets.US_ASCII));
                out.flush();
                Thread.sleep(50);
            }
        });
    }
}
