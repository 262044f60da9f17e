package dev.plimsoll.api;

import dev.plimsoll.wire.Prefixes;
import inet.ipaddr.IPAddress;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Where a request comes from: the peer, or what proxies that the operator trusts say of it. */
@ApplicationScoped
public class ClientAddress {
    /** One household or host has a whole /64 of IPv6: it counts as one client. */
    private static final int IPV6_CLIENT_BITS = 64;

    private final Prefixes trusted;

    ClientAddress(ApiConfig config) {
        this.trusted = Prefixes.of(config.trustedProxies().orElse(List.of()));
    }

    /** In a form that is equal for one client: {@code 192.0.2.7} or {@code 2001:db8::/64}. */
    public String of(HttpServerRequest request) {
        var peer = Optional.ofNullable(request.remoteAddress())
                .map(SocketAddress::hostAddress)
                .flatMap(Prefixes::address);
        return peer.map(address -> trusted.contain(address) ? forwarded(request, address) : address)
                .map(ClientAddress::client)
                .orElse("unknown");
    }

    /** Read from the right: what stands left of the last untrusted address anybody may have written. */
    private IPAddress forwarded(HttpServerRequest request, IPAddress peer) {
        var hops = Forwarded.hops(request.headers());
        var from = peer;
        for (var hop : hops.reversed()) {
            var address = Prefixes.address(hop.strip());
            if (address.isEmpty()) {
                return from;
            }
            from = address.get();
            if (!trusted.contain(from)) {
                return from;
            }
        }
        return from;
    }

    private static String client(IPAddress address) {
        if (address.isIPv6() && address.toIPv6().isIPv4Mapped()) {
            return address.toIPv6().getEmbeddedIPv4Address().toCanonicalString();
        }
        return address.isIPv6()
                ? address.toPrefixBlock(IPV6_CLIENT_BITS).toCanonicalString()
                : address.toCanonicalString();
    }
}
