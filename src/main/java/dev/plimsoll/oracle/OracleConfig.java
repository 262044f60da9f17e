package dev.plimsoll.oracle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How prices are asked for. */
@ConfigMapping(prefix = "plimsoll.oracle")
public interface OracleConfig {

    /** The operator's asset file, of the same form as ours: adds assets and replaces those of the same symbol. */
    Optional<Path> assetsFile();

    /** How long a tick waits for its sources at most, in real time; what comes later counts in the next tick. */
    @WithDefault("1500ms")
    Duration deadline();

    /** How long a source may take before it counts as silent, in real time; may be longer than the deadline. */
    @WithDefault("5s")
    Duration timeout();

    /** How many requests run at once to a source that is asked once per pair. */
    @WithDefault("8")
    int concurrency();

    /** How many asks in a row without any price open a source's breaker. */
    @WithDefault("3")
    int breakerFailures();

    /** How long an open breaker rests before one probe, by the tick's clock. */
    @WithDefault("30s")
    Duration breakerPause();

    /** The only sources that are asked, also those that are off by default; empty means all that are not switched off. */
    Optional<Set<String>> only();

    /** By source name. What an entry does not say is the source's own default. */
    Map<String, Source> sources();

    /** One source. */
    interface Source {

        /** Where it is asked; a path prefix is kept. */
        Optional<URI> url();

        /** Whether it is asked at all; by default yes, but for a source that says otherwise of itself. */
        Optional<Boolean> enabled();

        /** The least time between two asks, by the tick's clock; zero means at every tick. */
        Optional<Duration> pace();

        /** How long it may take, in real time. */
        Optional<Duration> timeout();

        /** After how long without news its quote is stale, by the tick's clock. */
        Optional<Duration> heartbeat();

        /** How much later than its heartbeat a quote may be, by the tick's clock; default {@code plimsoll.market.slack}. */
        Optional<Duration> slack();

        /** How far its quote may be from the true price while it works as it should, in basis points. */
        Optional<BigDecimal> deviationBps();

        /** Its API key, where it takes one. */
        Optional<String> key();

        /** Whether it is listened to between the ticks, where it has a stream; it is asked less often meanwhile. */
        @WithDefault("true")
        boolean stream();
    }
}
