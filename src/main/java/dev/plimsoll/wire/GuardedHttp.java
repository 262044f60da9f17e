package dev.plimsoll.wire;

import dev.plimsoll.wire.Limits.Excess;
import dev.plimsoll.wire.UrlGuard.Allowed;
import dev.plimsoll.wire.UrlGuard.Refused;
import dev.plimsoll.wire.WireFailure.Forbidden;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.ConnectException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Calls URLs that users gave us; the boundary that keeps them from reaching anything but public receivers.
 *
 * <p>The name is resolved once, all its addresses must pass the {@link UrlGuard}, and exactly a checked address is
 * dialled, with the name as Host, SNI and in the certificate. Redirects are answers. At most 64 KB of an answer are
 * read. At most four calls run at once to one host, unless it answered the last call in time: then 64 do. Where the
 * operator has an egress proxy, it is told to connect to that address and never learns the name; without TLS it would have
 * to, so such calls are refused then. Proxies from the environment are not used.
 */
@Singleton
public final class GuardedHttp {
    private static final int MAX_ANSWER_BYTES = 64 * 1024;
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int CAUTIOUS_CONNECTIONS = 4;
    private static final int MANY_CONNECTIONS = 64;
    private static final int WAITING_PER_HOST = 1_024;
    private static final int ADDRESSES_TRIED = 3;
    private static final String PLAIN_BY_PROXY =
            "The URL must start with https://: calls leave this Plimsoll by a proxy, which reads all that is not encrypted.";

    private final Vertx vertx;
    private final UrlGuard guard;
    private final Egress egress;
    private final Function<String, Future<List<InetAddress>>> names;
    private final HttpClient cautious;
    private final HttpClient wide;
    private final QuickHosts quick = new QuickHosts();

    @Inject
    GuardedHttp(Vertx vertx, WireConfig config, UrlGuard guard, Names names) {
        this(vertx, config, guard, names::resolve, new HttpClientOptions());
    }

    GuardedHttp(
            Vertx vertx,
            WireConfig config,
            UrlGuard guard,
            Function<String, Future<List<InetAddress>>> names,
            HttpClientOptions options) {
        this.vertx = vertx;
        this.guard = guard;
        this.egress = new Egress(config);
        this.names = names;
        options.setName("guarded")
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setKeepAliveTimeout((int) config.keepAlive().toSeconds())
                .setMaxInitialLineLength(Limits.LONGEST_LINE)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setTrustAll(false)
                .setVerifyHost(true);
        this.cautious = client(options, CAUTIOUS_CONNECTIONS);
        this.wide = client(options, MANY_CONNECTIONS);
    }

    private HttpClient client(HttpClientOptions options, int connectionsPerHost) {
        return vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(connectionsPerHost).setMaxWaitQueueSize(WAITING_PER_HOST))
                .withConnectHandler(Exchange::keepTheirWordsOutOfTheLog)
                .build();
    }

    /** Why we would not call this URL now; empty when we would. Resolves the name, connects to nothing. */
    public Uni<Optional<String>> refusal(String url) {
        return switch (guard.check(url)) {
            case Refused(var why) -> Uni.createFrom().item(Optional.of(why));
            case Allowed allowed ->
                Uni.createFrom()
                        .completionStage(() -> checkedAddresses(allowed).toCompletionStage())
                        .map(addresses -> Optional.<String>empty())
                        .onFailure()
                        .recoverWithItem(thrown -> Optional.of(UrlGuard.NOT_PUBLIC));
        };
    }

    /**
     * Posts a body.
     *
     * @param deadline from resolving the name to the last byte of the answer
     * @return the answer, its body cut at 64 KB; fails with a {@link WireFailure}
     */
    public Uni<Reply> post(String url, Map<String, String> headers, Buffer body, Duration deadline) {
        var limits = new Limits(deadline, MAX_ANSWER_BYTES, Excess.CUT);
        return switch (guard.check(url)) {
            case Refused(var why) -> Uni.createFrom().failure(new Forbidden(why));
            case Allowed to -> quick.watch(to, Exchange.run(vertx, () -> connect(to, headers), body, limits));
        };
    }

    private Future<HttpClientRequest> connect(Allowed to, Map<String, String> headers) {
        return checkedAddresses(to).compose(addresses -> dial(to, headers, addresses));
    }

    private Future<List<InetAddress>> checkedAddresses(Allowed to) {
        return names.apply(to.host())
                .compose(addresses -> (to.trusted() ? Optional.<String>empty() : guard.addressRefusal(addresses))
                        .map(why -> Future.<List<InetAddress>>failedFuture(new Forbidden(why)))
                        .orElseGet(() -> Future.succeededFuture(addresses)));
    }

    /** A host with several addresses is tried at the next one only where no connection could be made. */
    private Future<HttpClientRequest> dial(Allowed to, Map<String, String> headers, List<InetAddress> addresses) {
        var rest = addresses.subList(1, Math.min(addresses.size(), ADDRESSES_TRIED));
        return request(to, headers, addresses.getFirst())
                .recover(thrown -> thrown instanceof ConnectException && !rest.isEmpty()
                        ? dial(to, headers, rest)
                        : Future.failedFuture(thrown));
    }

    private Future<HttpClientRequest> request(Allowed to, Map<String, String> headers, InetAddress address) {
        var proxy = egress.to(to.host(), address);
        if (proxy.isPresent() && !to.tls()) {
            return Future.failedFuture(new Forbidden(PLAIN_BY_PROXY));
        }
        var options = options(to, headers, address);
        proxy.ifPresent(options::setProxyOptions);
        return (quick.contain(to) ? wide : cautious).request(options);
    }

    private static RequestOptions options(Allowed to, Map<String, String> headers, InetAddress address) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setSsl(to.tls())
                .setHost(to.host().contains(":") ? "[" + to.host() + "]" : to.host())
                .setPort(to.port())
                .setServer(SocketAddress.inetSocketAddress(to.port(), address.getHostAddress()))
                .setURI(to.target())
                .setFollowRedirects(false)
                .putHeader("User-Agent", "plimsoll");
        headers.forEach(options::putHeader);
        return options;
    }
}
