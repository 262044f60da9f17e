package dev.plimsoll.wire;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.wire.WireFailure.Forbidden;
import dev.plimsoll.wire.WireFailure.Unreachable;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Calls that leave by a proxy. What is asked of it is read from its own socket. */
class EgressTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String HOOK = "https://hooks.example.com:8443/x";

    private static Vertx vertx;
    private static PfxOptions hooks;
    private static HttpServer receiver;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        hooks = Certificates.selfSigned("hooks.example.com");
        receiver = vertx.createHttpServer(
                        new HttpServerOptions().setSsl(true).setSni(true).setKeyCertOptions(hooks))
                .requestHandler(request -> request.response()
                        .end(request.getHeader("Host") + " "
                                + request.connection().indicatedServerName()))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, SECONDS);
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void theProxyIsToldTheCheckedAddressAndNotTheNameOfAUsersUrl() throws Exception {
        try (var proxy = new ConnectProxy(receiver.actualPort(), Optional.empty())) {
            var reply = post(users(Map.of("plimsoll.wire.proxy-url", proxy.url()), "203.0.113.7"), HOOK);

            assertThat(reply.text()).isEqualTo("hooks.example.com:8443 hooks.example.com");
            assertThat(proxy.heads())
                    .singleElement()
                    .satisfies(head -> assertThat(head)
                            .startsWith("CONNECT 203.0.113.7:8443 HTTP/1.")
                            .doesNotContain("hooks.example.com"));
        }
    }

    @Test
    void aNameThatLeadsInsideIsRefusedBeforeTheProxyHearsOfIt() throws Exception {
        try (var proxy = new ConnectProxy(receiver.actualPort(), Optional.empty())) {
            var http = users(Map.of("plimsoll.wire.proxy-url", proxy.url()), "203.0.113.7", "10.0.0.1");

            assertThatThrownBy(() -> post(http, HOOK)).isInstanceOf(Forbidden.class);
            assertThat(proxy.heads()).isEmpty();
        }
    }

    @Test
    void whatIsNotEncryptedDoesNotGoByTheProxy() throws Exception {
        try (var proxy = new ConnectProxy(receiver.actualPort(), Optional.empty())) {
            var http = users(Map.of("plimsoll.wire.proxy-url", proxy.url()), "203.0.113.7");

            assertThatThrownBy(() -> post(http, "http://hooks.example.com:8080/"))
                    .isInstanceOf(Forbidden.class)
                    .hasMessageContaining("https://");
            assertThat(proxy.heads()).isEmpty();
        }
    }

    @Test
    void theProxysOwnPasswordIsForTheProxyAlone() throws Exception {
        try (var proxy = new ConnectProxy(receiver.actualPort(), Optional.of("Basic bWU6c2VjcmV0"))) {
            var known = Map.of("plimsoll.wire.proxy-url", "http://me:secret@127.0.0.1:" + proxy.port());

            assertThat(post(users(known, "203.0.113.7"), HOOK).status()).isEqualTo(200);
            assertThatThrownBy(() -> post(users(Map.of("plimsoll.wire.proxy-url", proxy.url()), "203.0.113.7"), HOOK))
                    .isInstanceOf(Unreachable.class)
                    .hasMessage("the egress proxy did not make the connection");
        }
    }

    @Test
    void aPriceSourceIsAskedByTheProxyAndWhatIsNearDirectly() throws Exception {
        var near = vertx.createHttpServer()
                .requestHandler(request -> request.response().end("near"))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, SECONDS);
        try (var proxy = new ConnectProxy(near.actualPort(), Optional.empty())) {
            var http = new OperatorHttp(vertx, config(Map.of("plimsoll.wire.proxy-url", proxy.url())));

            assertThat(get(http, "http://prices.example.com/").text()).isEqualTo("forwarded");
            assertThat(get(http, "http://127.0.0.1:" + near.actualPort() + "/").text())
                    .isEqualTo("near");
            assertThat(proxy.heads())
                    .singleElement()
                    .satisfies(head -> assertThat(head).startsWith("GET http://prices.example.com"));
        }
    }

    @Test
    void namesAndAddressesMayBeReachedWithoutIt() throws Exception {
        var egress = new Egress(config(Map.of(
                "plimsoll.wire.proxy-url", "http://proxy.example:3128",
                "plimsoll.wire.no-proxy", "svc.cluster.local, .corp.example,10.0.0.0/8,192.0.2.7,fd00::/8")));

        assertThat(List.of(
                        "sink.apps.svc.cluster.local",
                        "corp.example",
                        "10.1.2.3",
                        "192.0.2.7",
                        "[fd00::1]",
                        "localhost"))
                .allSatisfy(host -> assertThat(egress.to(host)).isEmpty());
        assertThat(List.of("api.kraken.com", "notcorp.example", "192.0.2.8"))
                .allSatisfy(host -> assertThat(egress.to(host)).isPresent());
        assertThat(egress.to("sink.example.com", InetAddress.getByName("10.0.0.9")))
                .isEmpty();
    }

    @Test
    void aProxyThatIsNoneIsRefusedByItsSettingWithoutItsPassword() {
        for (var url : List.of(
                "proxy.example:3128",
                "https://me:secret@proxy.example:3128",
                "http://me:secret@/",
                "http://proxy.example")) {
            assertThatThrownBy(() -> new Egress(config(Map.of("plimsoll.wire.proxy-url", url))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("plimsoll.wire.proxy-url must look like http://proxy.example:3128");
        }
        assertThatThrownBy(() -> new Egress(config(Map.of("plimsoll.wire.no-proxy", "10.0.0.0/99"))))
                .hasMessageStartingWith("plimsoll.wire.no-proxy ");
    }

    private static GuardedHttp users(Map<String, String> settings, String... addresses) {
        var guard = new UrlGuard(new UrlGuard.Rules(true, List.of("1-65535"), List.of("203.0.113.0/24"), List.of()));
        return new GuardedHttp(
                vertx,
                config(settings),
                guard,
                name -> Future.succeededFuture(
                        Arrays.stream(addresses).map(EgressTest::inet).toList()),
                new HttpClientOptions().setTrustOptions(hooks));
    }

    private static WireConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .withMapping(WireConfig.class)
                .build()
                .getConfigMapping(WireConfig.class);
    }

    private static Reply post(GuardedHttp http, String url) {
        return http.post(url, Map.of(), Buffer.buffer("{}"), Duration.ofSeconds(20))
                .await()
                .atMost(MINUTE);
    }

    private static Reply get(OperatorHttp http, String url) {
        return http.get(URI.create(url), Map.of(), Limits.within(Duration.ofSeconds(20)))
                .await()
                .atMost(MINUTE);
    }

    private static InetAddress inet(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }
}
