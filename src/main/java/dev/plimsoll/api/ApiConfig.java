package dev.plimsoll.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How HTTP comes in. */
@ConfigMapping(prefix = "plimsoll.api")
public interface ApiConfig {

    /**
     * Where people reach this service from outside: https://plimsoll.example. Without it messages carry no links. Required with
     * more than one replica.
     */
    Optional<String> publicUrl();

    /** How many replicas answer; more than one need a public-url, for a link must not depend on who wrote it. */
    @WithDefault("1")
    int replicas();

    /** Proxies whose X-Forwarded-For, or Forwarded, is believed, as address prefixes: 10.0.0.0/8. Without it the headers are ignored. */
    Optional<List<String>> trustedProxies();

    /** How much is too much. */
    RateLimits limits();

    /** How many may listen, and how. */
    Streams stream();

    /** How far back rules may be tried out. */
    Backtests backtest();

    /** Token buckets: so many requests at once, refilled evenly over a minute. */
    interface RateLimits {

        /** Requests per API key and minute. */
        @WithDefault("600")
        int perKey();

        /** Requests per client address and minute, with or without keys. */
        @WithDefault("1200")
        int perAddress();

        /** How long Redis may take to count; after that this process counts alone. */
        @WithDefault("100ms")
        Duration patience();
    }

    /** The event stream, on each replica. */
    interface Streams {

        /** How many clients may listen at once. */
        @WithDefault("2000")
        int connections();

        /** How many of them from one client address. */
        @WithDefault("50")
        int perAddress();

        /** How many of them with one API key. */
        @WithDefault("10")
        int perKey();

        /** After how long, in real time, a stream is kept alive with a comment; less than quarkus.http.idle-timeout. */
        @WithDefault("15s")
        Duration heartbeat();

        /** How many bytes may wait for a client that reads slowly; then it is dropped. */
        @WithDefault("262144")
        int backlogBytes();
    }

    /** A try of a rule on prices of the past, on each replica. */
    interface Backtests {

        /** How many judgements one may take, each of one position or one price at one bar of the prices. */
        @WithDefault("30000000")
        long mostJudgements();

        /** How many may run at once, of different accounts. */
        @WithDefault("2")
        int atOnce();
    }
}
