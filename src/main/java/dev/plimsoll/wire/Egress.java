package dev.plimsoll.wire;

import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Which way connections leave: directly, or by the operator's proxy. Variables of the environment do not count. */
final class Egress {
    private static final String SETTING = "plimsoll.wire.proxy-url";
    private static final String NO_PROXY = "plimsoll.wire.no-proxy";
    private static final Prefixes LOOPBACK = Prefixes.of("127.0.0.0/8", "::1");

    private final Optional<ProxyOptions> proxy;
    private final List<String> names;
    private final Prefixes addresses;

    /** @throws IllegalArgumentException when a setting is no such thing */
    Egress(WireConfig config) {
        var direct = config.noProxy().orElse(List.of()).stream()
                .map(said -> said.strip().toLowerCase(Locale.ROOT))
                .toList();
        this.proxy = config.proxyUrl().filter(url -> !url.isBlank()).map(Egress::proxy);
        this.names = direct.stream().filter(Egress::isName).map(Egress::bare).toList();
        this.addresses =
                prefixes(direct.stream().filter(Predicate.not(Egress::isName)).toList());
    }

    /** The proxy on the way to a host that the operator named; empty where there is none. */
    Optional<ProxyOptions> to(String host) {
        var name = host.toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
        return proxy.filter(there -> !isDirect(name));
    }

    /** The proxy on the way to an address that was resolved from a name. */
    Optional<ProxyOptions> to(String host, InetAddress address) {
        return to(host).filter(there -> !isDirect(address.getHostAddress()));
    }

    private boolean isDirect(String host) {
        return host.equals("localhost")
                || names.stream().anyMatch(name -> host.equals(name) || host.endsWith("." + name))
                || Prefixes.address(host)
                        .filter(address -> LOOPBACK.contain(address) || addresses.contain(address))
                        .isPresent();
    }

    private static boolean isName(String said) {
        return !said.matches("[0-9./]+|.*:.*");
    }

    private static String bare(String name) {
        return name.replaceFirst("^\\*?\\.", "");
    }

    private static Prefixes prefixes(List<String> said) {
        try {
            return Prefixes.of(said);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    NO_PROXY + " holds what is neither a name nor an address prefix: " + e.getMessage(), e);
        }
    }

    private static ProxyOptions proxy(String url) {
        try {
            return proxy(new URI(url));
        } catch (URISyntaxException e) {
            throw malformed();
        }
    }

    private static ProxyOptions proxy(URI url) {
        if (!"http".equals(url.getScheme()) || url.getHost() == null || url.getPort() < 1) {
            throw malformed();
        }
        var options = new ProxyOptions()
                .setType(ProxyType.HTTP)
                .setHost(url.getHost().replaceAll("[\\[\\]]", ""))
                .setPort(url.getPort());
        Optional.ofNullable(url.getUserInfo())
                .map(info -> info.split(":", 2))
                .ifPresent(login -> options.setUsername(login[0]).setPassword(login.length > 1 ? login[1] : ""));
        return options;
    }

    /** Without the URL, which may hold a password. */
    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(SETTING + " must look like http://proxy.example:3128");
    }
}
