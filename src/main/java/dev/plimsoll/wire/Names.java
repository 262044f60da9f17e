package dev.plimsoll.wire;

import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Resolves names to all their addresses without blocking: the hosts file first, then DNS, IPv4 before IPv6.
 *
 * <p>Names are complete as they stand: search domains of the machine are not tried. The JDK's resolver would hold a
 * thread for every name whose server is silent, so a few hostile names could stop all deliveries.
 */
@Singleton
final class Names {
    private static final int QUERY_TIMEOUT_MILLIS = 3_000;
    private static final int LOOKUP_TIMEOUT_MILLIS = 5_000;
    private static final int MAX_TTL_SECONDS = 60;
    private static final int NEGATIVE_TTL_SECONDS = 5;

    private final Vertx vertx;
    private final NioEventLoopGroup loop = new NioEventLoopGroup(1, new DefaultThreadFactory("wire-dns", true));
    private final DnsNameResolver resolver;

    @Inject
    Names(Vertx vertx) {
        this(vertx, UnaryOperator.identity());
    }

    Names(Vertx vertx, UnaryOperator<DnsNameResolverBuilder> change) {
        this.vertx = vertx;
        this.resolver = change.apply(new DnsNameResolverBuilder(loop.next())
                        .channelType(NioDatagramChannel.class)
                        .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
                        .searchDomains(List.of())
                        .ndots(0)
                        .queryTimeoutMillis(QUERY_TIMEOUT_MILLIS)
                        .negativeTtl(NEGATIVE_TTL_SECONDS)
                        .ttl(0, MAX_TTL_SECONDS))
                .build();
    }

    /** All addresses of the name, on the caller's context; fails when there is none or none came within 5 s. */
    Future<List<InetAddress>> resolve(String name) {
        var context = vertx.getOrCreateContext();
        var promise = Promise.<List<InetAddress>>promise();
        var timer = vertx.setTimer(LOOKUP_TIMEOUT_MILLIS, fired -> promise.tryFail(new UnknownHostException()));
        resolver.resolveAll(name)
                .addListener((io.netty.util.concurrent.Future<List<InetAddress>> answer) -> context.runOnContext(go -> {
                    vertx.cancelTimer(timer);
                    if (answer.isSuccess()) {
                        promise.tryComplete(List.copyOf(answer.getNow()));
                    } else {
                        promise.tryFail(answer.cause());
                    }
                }));
        return promise.future();
    }

    @PreDestroy
    void close() {
        resolver.close();
        loop.shutdownGracefully();
    }
}
