package dev.plimsoll.market;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.math.BigDecimal;
import java.time.Duration;

/** What a tick may believe. Durations are on the tick's clock. */
@ConfigMapping(prefix = "plimsoll.market")
public interface MarketConfig {

    /** How much later than its heartbeat a quote may be before it is stale; never less than a tick's interval. */
    @WithDefault("10s")
    Duration slack();

    /** Older quotes are set aside where two families have younger ones; never less than two ticks' intervals. */
    @WithDefault("1m")
    Duration freshWithin();

    /** By how much a price may honestly move in a minute, in basis points. */
    Volatility volatility();

    /** Per class of asset, in basis points a minute. */
    interface Volatility {

        /** Assets that follow one US dollar. */
        @WithDefault("1")
        BigDecimal stable();

        /** ETH, BTC and their wrapped and staked forms. */
        @WithDefault("10")
        BigDecimal major();

        /** Large tokens of lending markets and the like. */
        @WithDefault("15")
        BigDecimal alt();

        /** Tokens of AI infrastructure. */
        @WithDefault("20")
        BigDecimal ai();
    }
}
