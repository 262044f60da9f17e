package dev.plimsoll.market;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/** The real mapping over settings that a test writes. */
public final class MarketConfigs {
    private MarketConfigs() {}

    /** @param settings without the prefix {@code plimsoll.market.} */
    public static MarketConfig of(Map<String, String> settings) {
        var builder = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(MarketConfig.class);
        settings.forEach((name, value) -> builder.withDefaultValue("plimsoll.market." + name, value));
        return builder.build().getConfigMapping(MarketConfig.class);
    }
}
