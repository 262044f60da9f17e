package dev.plimsoll.ops.demo;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The demo. Set by {@code ./plimsoll demo}; without a crash there is no demo. */
@ConfigMapping(prefix = "plimsoll.ops.demo")
public interface DemoConfig {

    /** Which crash is replayed, by the day it began: {@code 2025-02-03}. */
    Optional<String> crash();

    /** How many times faster than life, as the clock runs; the crash's own when not said. */
    Optional<Integer> speed();

    /** The local port of the servers that speak the exchanges' formats. */
    @WithDefault("0")
    int exchangePort();

    /** The local port of the webhook receiver. */
    @WithDefault("0")
    int receiverPort();

    /** Goes on running after the end of the crash. */
    @WithDefault("false")
    boolean keep();

    /** Draws over the same screen; set by the launcher when the output is a terminal. */
    @WithDefault("false")
    boolean redraw();
}
