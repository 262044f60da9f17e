package dev.plimsoll.wire;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A list of address prefixes: {@code 10.0.0.0/8}, {@code 2001:db8::/32}, a single address. */
public record Prefixes(List<IPAddress> blocks) {
    private static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowMask(false)
            .allowSingleSegment(false)
            .allowWildcardedSeparator(false)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .allowLeadingZeros(false)
            .allowBinary(false)
            .getParentBuilder()
            .getIPv6AddressParametersBuilder()
            .allowZone(false)
            .allowBinary(false)
            .allowBase85(false)
            .getParentBuilder()
            .toParams();

    /** Unicast that is not globally reachable, or that leads somewhere else than it says. */
    static final Prefixes DENIED_IPV4 = of(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "168.63.129.16"); // the platform address inside Azure's networks

    /** The only global unicast there is; so mapped, translated and local addresses are all outside. */
    static final Prefixes GLOBAL_IPV6 = of("2000::/3");

    /** Protocol assignments and Teredo, documentation (twice), 6to4. */
    static final Prefixes DENIED_IPV6 = of("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    public Prefixes {
        blocks = List.copyOf(blocks);
    }

    static Prefixes of(String... prefixes) {
        return new Prefixes(Stream.of(prefixes).map(Prefixes::parse).toList());
    }

    /** @throws IllegalArgumentException when one is no prefix, or has bits set behind its length */
    public static Prefixes of(List<String> prefixes) {
        return new Prefixes(
                prefixes.stream().map(String::strip).map(Prefixes::parse).toList());
    }

    /** One address in its usual notation; empty when it is anything else. */
    public static Optional<IPAddress> address(String text) {
        return Optional.ofNullable(new IPAddressString(text, STRICT).getAddress())
                .filter(address -> !address.isMultiple() && !address.isPrefixed());
    }

    public boolean contain(IPAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    private static IPAddress parse(String text) {
        try {
            var address = new IPAddressString(text, STRICT).toAddress();
            var block = address.toPrefixBlock();
            if (!text.matches("[0-9a-fA-F.:]+(/\\d{1,3})?") || !block.equals(address)) {
                throw new IllegalArgumentException("'" + text + "' has bits behind its prefix; say " + block);
            }
            return block;
        } catch (AddressStringException e) {
            throw new IllegalArgumentException("'" + text + "' is no address prefix such as 10.1.0.0/16", e);
        }
    }
}
