package dev.plimsoll.wire;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressNetwork.IPAddressGenerator;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides which URLs of users we call: first by how they are written, then by every address their name resolves to.
 *
 * <p>Asks nothing and nobody; {@link GuardedHttp} resolves. Address classes are lists of prefixes, because the
 * predicates of {@link InetAddress} know neither shared, nor documentation, nor translated addresses.
 */
public final class UrlGuard {
    private static final int MAX_CHARACTERS = 2_048;
    private static final int MAX_NAME = 253;
    private static final Pattern PRINTABLE_ASCII = Pattern.compile("[\\x21-\\x7e]+");
    private static final Pattern OCTET = Pattern.compile("0|[1-9]\\d{0,2}");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NUMBER = Pattern.compile("\\d+|0x[0-9a-f]*");

    private final Rules rules;
    private final Ports ports;
    private final Prefixes allowedPrivate;
    private final Prefixes denied;
    private final Set<String> trusted;

    /**
     * What the operator opened and closed.
     *
     * @param ports        single ports and ranges
     * @param allowPrivate prefixes that are callable although they are not public
     * @param deny         prefixes that are not callable although they are public; these win
     */
    public record Rules(boolean allowHttp, List<String> ports, List<String> allowPrivate, List<String> deny) {
        public Rules {
            ports = List.copyOf(ports);
            allowPrivate = List.copyOf(allowPrivate);
            deny = List.copyOf(deny);
        }
    }

    /** What the guard says of a URL as it is written. */
    public sealed interface Verdict {}

    /**
     * Well written; its addresses are still to be checked.
     *
     * @param host    lower case, without the brackets of an IPv6 literal
     * @param target  path and query as written, at least {@code /}
     * @param trusted whether the operator vouches for it, whatever its addresses are
     */
    public record Allowed(boolean tls, String host, int port, String target, boolean trusted) implements Verdict {
        Allowed(boolean tls, String host, int port, String target) {
            this(tls, host, port, target, false);
        }
    }

    /** @param why a sentence the user can act on */
    public record Refused(String why) implements Verdict {}

    /** @throws IllegalArgumentException when a rule is no port, range or prefix */
    public UrlGuard(Rules rules) {
        this(rules, Set.of());
    }

    /** @param trusted whole URLs for which the operator vouches: no rule and no address refuses them */
    public UrlGuard(Rules rules, Set<String> trusted) {
        this.rules = rules;
        this.ports = Ports.of(rules.ports());
        this.allowedPrivate = Prefixes.of(rules.allowPrivate());
        this.denied = Prefixes.of(rules.deny());
        this.trusted = Set.copyOf(trusted);
    }

    public Verdict check(String url) {
        if (url.length() > MAX_CHARACTERS) {
            return new Refused("The URL is longer than 2,048 characters.");
        }
        if (!PRINTABLE_ASCII.matcher(url).matches()) {
            return new Refused("The URL must be plain ASCII without spaces; write an international name as xn--… .");
        }
        try {
            return trusted.contains(url) ? vouchedFor(new URI(url)) : check(new URI(url));
        } catch (URISyntaxException e) {
            return new Refused("The URL is malformed at character " + (e.getIndex() + 1) + ".");
        }
    }

    private Verdict check(URI uri) {
        var scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(rules.allowHttp() && scheme.equals("http"))) {
            return new Refused(
                    rules.allowHttp()
                            ? "The URL must start with https:// or http://."
                            : "The URL must start with https:// (the operator can set plimsoll.delivery.allow-http).");
        }
        var authority = Optional.ofNullable(uri.getRawAuthority()).orElse("");
        if (authority.contains("@")) {
            return new Refused("The URL must not hold a user name or password before an @.");
        }
        var host = Optional.ofNullable(uri.getHost()).orElse("").toLowerCase(Locale.ROOT);
        return hostRefusal(host).<Verdict>map(Refused::new).orElseGet(() -> allow(uri, scheme.equals("https"), host));
    }

    private static Verdict vouchedFor(URI uri) {
        var tls = uri.getScheme().equals("https");
        return new Allowed(tls, bare(uri.getHost()), port(uri, tls), target(uri), true);
    }

    private static int port(URI uri, boolean tls) {
        return uri.getPort() != -1 ? uri.getPort() : tls ? 443 : 80;
    }

    private Verdict allow(URI uri, boolean tls, String host) {
        var port = port(uri, tls);
        if (!ports.contain(port)) {
            return new Refused("The URL's port is " + port + "; allowed here: " + ports
                    + " (the operator can add it to plimsoll.delivery.ports).");
        }
        return new Allowed(tls, bare(host), port, target(uri));
    }

    private static String target(URI uri) {
        var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return path + Optional.ofNullable(uri.getRawQuery()).map(q -> "?" + q).orElse("");
    }

    private Optional<String> hostRefusal(String host) {
        if (host.startsWith("[")) {
            return Prefixes.address(bare(host))
                    .filter(IPAddress::isIPv6)
                    .map(this::addressRefusal)
                    .orElseGet(() -> Optional.of("The URL's IPv6 address is malformed or has a zone."));
        }
        var labels = List.of(host.split("\\.", -1));
        if (labels.size() == 4
                && labels.stream().allMatch(label -> OCTET.matcher(label).matches())) {
            return Prefixes.address(host)
                    .map(this::addressRefusal)
                    .orElseGet(() -> Optional.of("The URL's IPv4 address has a number above 255."));
        }
        return isName(host, labels) ? Optional.empty() : Optional.of("""
                The URL's host must be a full domain name such as hooks.example.com, or an IP address in its usual \
                notation.""");
    }

    private static boolean isName(String host, List<String> labels) {
        return host.length() <= MAX_NAME
                && labels.size() >= 2
                && labels.stream().allMatch(label -> LABEL.matcher(label).matches())
                && !NUMBER.matcher(labels.getLast()).matches();
    }

    /**
     * Whether any of these addresses must not be called.
     *
     * @param addresses all answers for one name, with their literal for a host that is one
     */
    Optional<String> addressRefusal(List<InetAddress> addresses) {
        var generator = new IPAddressGenerator();
        var refused = addresses.isEmpty()
                || addresses.stream()
                        .map(generator::from)
                        .anyMatch(address -> addressRefusal(address).isPresent());
        return refused ? Optional.of(NOT_PUBLIC) : Optional.empty();
    }

    /** One sentence for "does not exist" and "is inside", so that nobody can map an inner network by asking. */
    static final String NOT_PUBLIC = """
            The URL's host does not resolve to public addresses only; check the name, or ask the operator to open its \
            range with plimsoll.delivery.allow-private.""";

    private Optional<String> addressRefusal(IPAddress address) {
        if (denied.contain(address)) {
            return Optional.of("The operator does not allow this address.");
        }
        return allowedPrivate.contain(address) || isPublic(address) ? Optional.empty() : Optional.of(NOT_PUBLIC);
    }

    private static boolean isPublic(IPAddress address) {
        return address.isIPv4()
                ? !Prefixes.DENIED_IPV4.contain(address)
                : Prefixes.GLOBAL_IPV6.contain(address) && !Prefixes.DENIED_IPV6.contain(address);
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
