package dev.plimsoll.alert;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much an account may silence, and how drills end. */
@ConfigMapping(prefix = "plimsoll.alert")
public interface AlertConfig {

    /** How many silences an account may have, those of the last 30 days included. */
    @WithDefault("100")
    int silencesPerAccount();

    /** How many wake-up drills an account may have, those of the last year included. */
    @WithDefault("1000")
    int drillsPerAccount();

    /** How long a drill waits for somebody after the last step of the escalation. */
    @WithDefault("15m")
    Duration drillPatience();

    /** How late a drill by appointment may begin, as after an outage; later it does not take place. */
    @WithDefault("15m")
    Duration drillLateness();
}
