package dev.plimsoll.wire;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How connections to the outside are made. Deadlines belong to who calls. */
@ConfigMapping(prefix = "plimsoll.wire")
public interface WireConfig {

    /** How long making a connection may take, within the deadline of the call. */
    @WithDefault("2s")
    Duration connectTimeout();

    /** How long an idle connection is kept for the next call. */
    @WithDefault("15s")
    Duration keepAlive();

    /**
     * A proxy that all HTTP goes out by, {@code http://user:password@proxy.example:3128}; it must allow CONNECT. Secret where
     * a password is in it. Without it connections are made directly: variables such as {@code https_proxy} are not looked at.
     */
    Optional<String> proxyUrl();

    /** What is reached without the proxy, beside loopback: names, with all below them, addresses and address prefixes. */
    Optional<List<String>> noProxy();

    /** Connections at once to one host that the operator configured, such as a price source; further calls wait. */
    @WithDefault("8")
    int connectionsPerSource();

    /** Calls that may wait for a connection to one host; further ones fail at once. */
    @WithDefault("512")
    int waitingPerSource();

    /** What is told of where the time goes, from a tick to the attempts it leads to. */
    Traces traces();

    /** Spans by OpenTelemetry. They hold ids, counts and kinds: no name, address or secret. */
    interface Traces {

        /** A collector, as {@code http://collector:4318/v1/traces} (OTLP over HTTP). Without it nothing is traced. */
        Optional<URI> url();

        /** The share of ticks that are traced, with all that they lead to; 0 to 1. */
        @WithDefault("1")
        double share();
    }
}
