package dev.plimsoll.ops.check;

import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.ops.check.Finding.Fine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Whether anything leaves this machine: names are resolved and connections made, by the proxy where there is one. Tells a
 * closed way out from sources that are ill.
 *
 * @param places some that are asked for prices anyway
 */
record EgressCheck(List<URI> places, Optional<URI> proxy) {
    private static final String SUBJECT = "egress";
    private static final int PATIENCE_MILLIS = 3_000;
    private static final int MOST = 3;
    private static final int HTTPS = 443;
    private static final int PROXY = 3_128;

    EgressCheck {
        places = List.copyOf(places);
    }

    Finding finding() {
        return proxy.map(EgressCheck::byProxy).orElseGet(this::directly);
    }

    private static Finding byProxy(URI proxy) {
        var place = address(proxy, PROXY);
        return connects(place)
                ? new Fine(SUBJECT, "by the proxy at " + shown(place))
                : new Fault(
                        SUBJECT,
                        "The proxy at %s does not answer, so nothing leaves: start it or mend plimsoll.wire.proxy-url."
                                .formatted(shown(place)));
    }

    private Finding directly() {
        var addresses =
                places.stream().limit(MOST).map(place -> address(place, HTTPS)).toList();
        var resolved = addresses.stream().filter(place -> !place.isUnresolved()).toList();
        if (resolved.isEmpty()) {
            return new Fault(
                    SUBJECT,
                    "No name can be resolved, as %s: mend this machine's DNS, or allow port 53 out."
                            .formatted(addresses.stream()
                                    .map(InetSocketAddress::getHostString)
                                    .toList()));
        }
        return resolved.stream()
                .filter(EgressCheck::connects)
                .findFirst()
                .<Finding>map(place -> new Fine(SUBJECT, "connections leave, as to " + shown(place)))
                .orElseGet(() -> new Fault(
                        SUBJECT,
                        "Names are resolved but no connection leaves, as to %s: allow HTTPS out, or set plimsoll.wire.proxy-url."
                                .formatted(resolved.stream()
                                        .map(EgressCheck::shown)
                                        .toList())));
    }

    private static InetSocketAddress address(URI place, int usual) {
        return new InetSocketAddress(place.getHost(), place.getPort() < 0 ? usual : place.getPort());
    }

    private static boolean connects(InetSocketAddress place) {
        try (var socket = new Socket()) {
            socket.connect(place, PATIENCE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String shown(InetSocketAddress place) {
        return place.getHostString() + ":" + place.getPort();
    }
}
