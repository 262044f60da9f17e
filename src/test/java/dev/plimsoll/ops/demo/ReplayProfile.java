package dev.plimsoll.ops.demo;

import dev.plimsoll.pipeline.HandTime;
import dev.plimsoll.wire.FreePort;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A Plimsoll whose ticks the test runs, bar by bar, on prices from local servers at {@link #PORT}. */
public class ReplayProfile implements QuarkusTestProfile {
    static final int PORT = FreePort.next();

    /** Is not waited for as long as the others: it may never answer. */
    static final String LIAR = "coinbase";

    private static final List<String> SOURCES = List.of("coinbase", "kraken", "binance", "bitstamp", "coingecko");

    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<>(Map.of(
                "quarkus.scheduler.enabled", "false",
                "plimsoll.oracle.only", String.join(",", SOURCES),
                "plimsoll.delivery.allow-private", "127.0.0.0/8",
                "plimsoll.delivery.allow-http", "true",
                "plimsoll.delivery.ports", "1-65535"));
        // on a busy machine a price comes late, and must not be missing
        settings.put("plimsoll.oracle.deadline", "PT1M");
        settings.put("plimsoll.oracle.timeout", "PT1M");
        settings.put("plimsoll.oracle.sources." + LIAR + ".timeout", "2s");
        for (var source : SOURCES) {
            settings.put("plimsoll.oracle.sources." + source + ".url", "http://127.0.0.1:" + PORT + "/" + source);
            settings.put("plimsoll.oracle.sources." + source + ".pace", "PT0S");
        }
        return settings;
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(HandTime.class);
    }
}
