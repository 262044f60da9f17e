package dev.plimsoll.oracle;

import dev.plimsoll.unit.BasisPoints;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How one source is asked: the operator's configuration over the source's own defaults.
 *
 * @param timeout of a whole ask, in real time
 * @param key     secret: neither logged nor shown
 * @param stream  whether it is listened to between the ticks, where it has a stream
 * @param slack   how much later than its heartbeat its quote may be; empty means as for all sources
 */
public record SourceSettings(
        URI url,
        boolean enabled,
        Duration pace,
        Duration timeout,
        Duration heartbeat,
        BasisPoints deviation,
        Optional<String> key,
        boolean stream,
        Optional<Duration> slack) {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]+");

    public SourceSettings {
        if (url.getScheme() == null || !SCHEMES.contains(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException("url must be http:// or https:// with a host");
        }
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("url must have no user, query or fragment; a key goes into .key");
        }
        if (pace.isNegative()) {
            throw new IllegalArgumentException("pace must not be negative, was " + pace);
        }
        if (timeout.toMillis() < 1 || heartbeat.toMillis() < 1) {
            throw new IllegalArgumentException("timeout and heartbeat must be at least 1 ms");
        }
        if (slack.filter(Duration::isNegative).isPresent()) {
            throw new IllegalArgumentException("slack must not be negative, was " + slack.orElseThrow());
        }
        key = key.map(String::strip);
        if (key.filter(text -> !PRINTABLE.matcher(text).matches()).isPresent()) {
            throw new IllegalArgumentException("key must be plain ASCII without spaces or line breaks in it");
        }
    }

    /** Of a source that is only asked. */
    public SourceSettings(
            URI url,
            boolean enabled,
            Duration pace,
            Duration timeout,
            Duration heartbeat,
            BasisPoints deviation,
            Optional<String> key) {
        this(url, enabled, pace, timeout, heartbeat, deviation, key, false, Optional.empty());
    }

    static SourceSettings of(PriceSource source, OracleConfig config) {
        var configured = Optional.ofNullable(config.sources().get(source.name()));
        var url = configured.flatMap(OracleConfig.Source::url);
        var key = configured.flatMap(OracleConfig.Source::key);
        var own = source.defaults(url, key);
        try {
            return new SourceSettings(
                    url.orElse(own.url()),
                    isEnabled(source, own.enabled(), config),
                    configured.flatMap(OracleConfig.Source::pace).orElse(own.pace()),
                    configured.flatMap(OracleConfig.Source::timeout).orElse(config.timeout()),
                    configured.flatMap(OracleConfig.Source::heartbeat).orElse(own.heartbeat()),
                    configured
                            .flatMap(OracleConfig.Source::deviationBps)
                            .map(BasisPoints::new)
                            .orElse(own.deviation()),
                    key,
                    configured.map(OracleConfig.Source::stream).orElse(true),
                    configured.flatMap(OracleConfig.Source::slack));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("plimsoll.oracle.sources." + source.name() + ": " + e.getMessage(), e);
        }
    }

    private static boolean isEnabled(PriceSource source, boolean byDefault, OracleConfig config) {
        var said = Optional.ofNullable(config.sources().get(source.name())).flatMap(OracleConfig.Source::enabled);
        return config.only()
                .map(only -> only.contains(source.name()) && said.orElse(true))
                .orElseGet(() -> said.orElse(byDefault));
    }

    /**
     * A resource of the source; the path prefix of the configured URL is kept.
     *
     * @param path begins with a slash and is encoded already
     */
    public URI at(String path) {
        var base = url.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    /** For one segment of a path or one value of a query: nothing in it can end it. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "SourceSettings[url=" + url.getHost() + ", enabled=" + enabled + ", pace=" + pace + "]";
    }
}
