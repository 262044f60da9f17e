package dev.plimsoll.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How HTTP comes in. */
@ConfigMapping(prefix = "plimsoll.api")
public interface ApiConfig {

    /** Where people reach this service from outside: https://plimsoll.example. Without it messages carry no links. */
    Optional<String> publicUrl();

    /** Proxies whose X-Forwarded-For is believed, as address prefixes: 10.0.0.0/8. Without it the header is ignored. */
    Optional<List<String>> trustedProxies();

    /** How much is too much. */
    RateLimits limits();

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
}
