package dev.plimsoll.oracle;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;

/** Lanes over sources that a test of another package has made. */
public final class OraclesOf {
    private OraclesOf() {}

    /** @param settings without the prefix {@code plimsoll.oracle.} */
    public static Oracles sources(Map<String, String> settings, PriceSource... sources) {
        return new Oracles(List.of(sources), OracleConfigs.of(settings), new SimpleMeterRegistry());
    }
}
