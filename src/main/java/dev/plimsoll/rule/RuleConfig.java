package dev.plimsoll.rule;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much an account may ask. */
@ConfigMapping(prefix = "plimsoll.rule")
public interface RuleConfig {

    /** How many rules an account may have. */
    @WithDefault("100")
    int perAccount();
}
