package dev.plimsoll.alert;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much an account may silence. */
@ConfigMapping(prefix = "plimsoll.alert")
public interface AlertConfig {

    /** How many silences an account may have, those of the last 30 days included. */
    @WithDefault("100")
    int silencesPerAccount();
}
