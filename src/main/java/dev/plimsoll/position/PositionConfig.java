package dev.plimsoll.position;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What an account may have watched. */
@ConfigMapping(prefix = "plimsoll.position")
public interface PositionConfig {

    /** How many positions an account may have. */
    @WithDefault("500")
    int perAccount();
}
