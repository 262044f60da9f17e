package dev.plimsoll.oracle;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/** The real mapping over settings that a test writes. */
public final class OracleConfigs {
    private OracleConfigs() {}

    /** @param settings without the prefix {@code plimsoll.oracle.} */
    public static OracleConfig of(Map<String, String> settings) {
        var builder = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(OracleConfig.class);
        settings.forEach((name, value) -> builder.withDefaultValue("plimsoll.oracle." + name, value));
        return builder.build().getConfigMapping(OracleConfig.class);
    }
}
