package dev.plimsoll.wire;

import dev.plimsoll.wire.WireFailure.BadAnswer;
import dev.plimsoll.wire.WireFailure.TlsFailed;
import dev.plimsoll.wire.WireFailure.Unreachable;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.resolver.dns.DnsNameResolverException;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Sorts what the client throws; says it in our words, because theirs may hold addresses, paths and keys. */
final class Failures {
    private Failures() {}

    static WireFailure sort(Throwable thrown) {
        return switch (thrown) {
            case WireFailure ours -> ours;
            case ConnectTimeoutException e -> new Unreachable("the connection was not made in time");
            case ProxyConnectException e -> new Unreachable("the egress proxy did not make the connection");
            case ConnectException e -> new Unreachable("the connection was refused");
            case UnknownHostException e -> new Unreachable("the host name does not resolve");
            case ConnectionPoolTooBusyException e -> new Unreachable("too many calls already wait for this host");
            case DnsNameResolverException e -> new Unreachable("the host name does not resolve");
            case SSLException e -> new TlsFailed(tls(e));
            case IOException e -> new Unreachable("the connection broke before the answer was complete");
            case VertxException e -> closed(e);
            default ->
                new BadAnswer(
                        "the answer is not HTTP we accept: " + thrown.getClass().getSimpleName());
        };
    }

    private static WireFailure closed(VertxException e) {
        return cause(e, SSLException.class)
                .<WireFailure>map(tls -> new TlsFailed(tls(tls)))
                .orElseGet(() -> new Unreachable("the connection was closed before the answer was complete"));
    }

    private static String tls(Throwable e) {
        if (cause(e, CertificateExpiredException.class).isPresent()) {
            return "the certificate has expired";
        }
        if (cause(e, CertificateNotYetValidException.class).isPresent()) {
            return "the certificate is not valid yet";
        }
        var words = causes(e).map(t -> String.valueOf(t.getMessage())).toList();
        if (words.stream().anyMatch(w -> w.startsWith("No subject alternative") || w.startsWith("No name matching"))) {
            return "the certificate is for another name";
        }
        if (words.stream().anyMatch(w -> w.startsWith("PKIX"))) {
            return "the certificate is not signed by an authority we know";
        }
        return "the TLS handshake failed";
    }

    private static <T extends Throwable> Optional<T> cause(Throwable e, Class<T> type) {
        return causes(e).filter(type::isInstance).map(type::cast).findFirst();
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, t -> t != null, Throwable::getCause).limit(16);
    }
}
