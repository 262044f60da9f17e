package dev.plimsoll.wire;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.wire.WireFailure.Forbidden;
import dev.plimsoll.wire.WireFailure.TimedOut;
import dev.plimsoll.wire.WireFailure.TlsFailed;
import dev.plimsoll.wire.WireFailure.Unreachable;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GuardedHttpTest {
    private static final List<String> ANY_PORT = List.of("1-65535");

    private static Vertx vertx;
    private static PfxOptions hooks;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        hooks = Certificates.selfSigned("hooks.example.com");
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void theCheckedAddressIsDialledWithTheNameAsHostSniAndCertificate() throws Exception {
        var server = tls(
                "127.0.0.2",
                0,
                hooks,
                request -> request.response()
                        .end(request.getHeader("Host") + " "
                                + request.connection().indicatedServerName()));

        var reply = post(open("127.0.0.2"), "https://hooks.example.com:" + server.actualPort() + "/x?y=1");

        assertThat(reply.text()).isEqualTo("hooks.example.com:" + server.actualPort() + " hooks.example.com");
    }

    @Test
    void aCertificateForAnotherNameIsATlsFailureThoughItsAuthorityIsKnown() throws Exception {
        var server = tls("127.0.0.1", 0, hooks, request -> request.response().end());

        assertThatThrownBy(() -> post(open("127.0.0.1"), "https://other.example.com:" + server.actualPort() + "/"))
                .isInstanceOf(TlsFailed.class)
                .hasMessage("the certificate is for another name");
    }

    @Test
    void anUnknownAuthorityIsATlsFailure() throws Exception {
        var server = tls("127.0.0.1", 0, hooks, request -> request.response().end());
        var distrustful = client(List.of("127.0.0.0/8"), new HttpClientOptions(), "127.0.0.1");

        assertThatThrownBy(() -> post(distrustful, "https://hooks.example.com:" + server.actualPort() + "/"))
                .isInstanceOf(TlsFailed.class)
                .hasMessage("the certificate is not signed by an authority we know");
    }

    @Test
    void aConnectionMadeForOneAddressIsNotReusedForAnother() throws Exception {
        var first = tls("127.0.0.1", 0, hooks, request -> request.response().end("first"));
        tls(
                "127.0.0.2",
                first.actualPort(),
                hooks,
                request -> request.response().end("second"));
        var moving = new AtomicInteger();
        var http = new GuardedHttp(
                vertx,
                OperatorHttpTest.config(),
                guard(List.of("127.0.0.0/8")),
                name -> resolved(moving.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2"),
                new HttpClientOptions().setTrustOptions(hooks));
        var url = "https://hooks.example.com:" + first.actualPort() + "/";

        assertThat(post(http, url).text()).isEqualTo("first");
        assertThat(post(http, url).text()).isEqualTo("second");
    }

    @Test
    void oneInnerAddressAmongTheAnswersKeepsUsFromCallingAnyOfThem() throws Exception {
        var calls = new AtomicInteger();
        var server = plain(request -> {
            calls.incrementAndGet();
            request.response().end();
        });
        var http = client(List.of("127.0.0.1"), new HttpClientOptions(), "127.0.0.1", "10.0.0.1");

        assertThatThrownBy(() -> post(http, "http://hooks.example.com:" + server.actualPort() + "/"))
                .isInstanceOf(Forbidden.class);
        assertThat(calls).hasValue(0);
    }

    @Test
    void whatTheGuardRefusesIsNeverResolved() {
        var http = new GuardedHttp(
                vertx,
                OperatorHttpTest.config(),
                guard(List.of()),
                name -> {
                    throw new AssertionError("resolved " + name);
                },
                new HttpClientOptions());

        assertThatThrownBy(() -> post(http, "https://127.0.0.1/")).isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> post(http, "https://user@hooks.example.com/")).isInstanceOf(Forbidden.class);
    }

    @Test
    void aNameIsCheckedBeforeItIsRegistered() {
        assertThat(refusal(client(List.of(), new HttpClientOptions(), "1.1.1.1"), "https://hooks.example.com/"))
                .isEmpty();
        assertThat(refusal(client(List.of(), new HttpClientOptions(), "10.0.0.1"), "https://hooks.example.com/"))
                .contains(UrlGuard.NOT_PUBLIC);
        assertThat(refusal(unknownName(), "https://hooks.example.com/")).contains(UrlGuard.NOT_PUBLIC);
        assertThat(refusal(client(List.of(), new HttpClientOptions(), "1.1.1.1"), "ftp://hooks.example.com/"))
                .get()
                .asString()
                .startsWith("The URL must start with");
    }

    @Test
    void theAddressesOfAUrlThatTheOperatorVouchesForAreNotAsked() {
        var rules = new UrlGuard.Rules(false, List.of("443"), List.of(), List.of());
        var trusting = new GuardedHttp(
                vertx,
                OperatorHttpTest.config(),
                new UrlGuard(rules, Set.of("http://sink.inner.svc:8081/hook")),
                name -> resolved("10.1.2.3"),
                new HttpClientOptions());

        assertThat(refusal(trusting, "http://sink.inner.svc:8081/hook")).isEmpty();
        assertThat(refusal(trusting, "https://sink.inner.svc/hook")).contains(UrlGuard.NOT_PUBLIC);
    }

    @Test
    void aNameThatDoesNotResolveAtDeliveryIsUnreachableSoItIsTriedAgain() {
        assertThatThrownBy(() -> post(unknownName(), "https://hooks.example.com/"))
                .isInstanceOf(Unreachable.class)
                .hasMessage("the host name does not resolve");
    }

    @Test
    void aRedirectToAnInnerAddressIsAnAnswer() throws Exception {
        var inner = new AtomicInteger();
        var secret = plain(request -> {
            inner.incrementAndGet();
            request.response().end("inner");
        });
        var server = plain(request -> request.response()
                .setStatusCode(307)
                .putHeader("Location", "http://127.0.0.1:" + secret.actualPort() + "/")
                .end());

        var reply = post(open("127.0.0.1"), "http://127.0.0.1:" + server.actualPort() + "/");

        assertThat(reply.status()).isEqualTo(307);
        assertThat(inner).hasValue(0);
    }

    @Test
    void only64KilobytesOfAnAnswerAreReadAndItsStatusCounts() throws Exception {
        try (var server = new RawServer(out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n".getBytes());
            for (int i = 0; i < 1 << 14; i++) {
                out.write(new byte[1 << 16]);
            }
        })) {
            var reply = post(open("127.0.0.1"), server.uri("/").toString());

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body().length()).isEqualTo(65_536);
            assertThat(server.hungUp().await(30, SECONDS)).isTrue();
        }
    }

    @Test
    void atMostFourCallsRunAtOnceToOneHost() throws Exception {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var server = plain(request -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            vertx.setTimer(50, over -> {
                running.decrementAndGet();
                request.response().end();
            });
        });
        var http = open("127.0.0.1");
        var calls = IntStream.range(0, 20)
                .mapToObj(i -> http.post(
                        "http://127.0.0.1:" + server.actualPort() + "/", Map.of(), Buffer.buffer("x"), ofSeconds(60)))
                .toList();

        Uni.join().all(calls).andFailFast().await().atMost(ofSeconds(90));

        assertThat(most).hasValue(4);
    }

    /** From threads that are no event loop, whose first step is done before the second is asked for. */
    @Test
    void noAnswerIsMissedHoweverQuickItIs() throws Exception {
        var server = plain(request -> request.response().end("quick"));
        var http = open("127.0.0.1");

        for (int i = 0; i < 2_000; i++) {
            assertThat(post(http, "http://127.0.0.1:" + server.actualPort() + "/")
                            .text())
                    .isEqualTo("quick");
        }
    }

    @Test
    void theDeadlineCoversTheNameServerToo() {
        var silent = new GuardedHttp(
                vertx,
                OperatorHttpTest.config(),
                guard(List.of()),
                name -> io.vertx.core.Promise.<List<InetAddress>>promise().future(),
                new HttpClientOptions());

        assertThatThrownBy(() -> silent.post(
                                "https://hooks.example.com/", Map.of(), Buffer.buffer(), Duration.ofMillis(300))
                        .await()
                        .atMost(ofSeconds(60)))
                .isInstanceOf(TimedOut.class);
    }

    @Test
    void aHostIsTriedAtItsNextAddressWhereTheFirstRefuses() throws Exception {
        try (var refusing = new Socket()) {
            refusing.bind(new InetSocketAddress("127.0.0.1", 0)); // bound, never listening: nobody else can be there
            vertx.createHttpServer()
                    .requestHandler(request -> request.response().end("here"))
                    .listen(refusing.getLocalPort(), "127.0.0.2")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, SECONDS);

            var reply =
                    post(open("127.0.0.1", "127.0.0.2"), "http://hooks.example.com:" + refusing.getLocalPort() + "/");

            assertThat(reply.text()).isEqualTo("here");
        }
    }

    @Test
    void anIpv6LiteralIsCalledWithItsBracketsInTheHostHeader() throws Exception {
        var server = vertx.createHttpServer()
                .requestHandler(request -> request.response().end(request.getHeader("Host")))
                .listen(0, "::1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, SECONDS);

        var reply = post(client(List.of("::1"), new HttpClientOptions(), "::1"), "http://[::1]:" + server.actualPort());

        assertThat(reply.text()).isEqualTo("[::1]:" + server.actualPort());
    }

    private static Duration ofSeconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static Reply post(GuardedHttp http, String url) {
        return http.post(url, Map.of(), Buffer.buffer("{}"), ofSeconds(60))
                .await()
                .atMost(ofSeconds(90));
    }

    private static java.util.Optional<String> refusal(GuardedHttp http, String url) {
        return http.refusal(url).await().atMost(ofSeconds(60));
    }

    /** Loopback is open, the test's authority is trusted, every name has these addresses. */
    private static GuardedHttp open(String... addresses) {
        return client(List.of("127.0.0.0/8"), new HttpClientOptions().setTrustOptions(hooks), addresses);
    }

    private static GuardedHttp client(List<String> allowPrivate, HttpClientOptions options, String... addresses) {
        return new GuardedHttp(
                vertx, OperatorHttpTest.config(), guard(allowPrivate), name -> resolved(addresses), options);
    }

    private static GuardedHttp unknownName() {
        return new GuardedHttp(
                vertx,
                OperatorHttpTest.config(),
                guard(List.of()),
                name -> Future.failedFuture(new UnknownHostException(name)),
                new HttpClientOptions());
    }

    private static UrlGuard guard(List<String> allowPrivate) {
        return new UrlGuard(new UrlGuard.Rules(true, ANY_PORT, allowPrivate, List.of()));
    }

    private static Future<List<InetAddress>> resolved(String... addresses) {
        return Future.succeededFuture(
                Arrays.stream(addresses).map(GuardedHttpTest::inet).toList());
    }

    private static InetAddress inet(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }

    private static HttpServer plain(Handler<HttpServerRequest> handler) throws Exception {
        return vertx.createHttpServer()
                .requestHandler(handler)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, SECONDS);
    }

    private static HttpServer tls(String address, int port, PfxOptions key, Handler<HttpServerRequest> handler)
            throws Exception {
        return vertx.createHttpServer(
                        new HttpServerOptions().setSsl(true).setSni(true).setKeyCertOptions(key))
                .requestHandler(handler)
                .listen(port, address)
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, SECONDS);
    }
}
