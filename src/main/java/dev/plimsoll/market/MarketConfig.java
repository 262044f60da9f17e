package dev.plimsoll.market;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.math.BigDecimal;
import java.time.Duration;

/** What a tick may believe. Durations are on the tick's clock. */
@ConfigMapping(prefix = "plimsoll.market")
public interface MarketConfig {

    /** How many independent families of sources must speak of an asset; 2 or more. */
    @WithDefault("2")
    int quorum();

    /** With how many families one that is far from the others is an outlier and not a spread; 4 or more. */
    @WithDefault("4")
    int outlierFamilies();

    /**
     * How many times as far as its band, the others' noise or the drift of its age an outlier is from the median of the
     * others; from 1 to 10.
     */
    @WithDefault("3")
    BigDecimal outlierFactor();

    /**
     * How much later than its heartbeat a quote may be before it is stale; never less than a tick's interval. A source's
     * own slack goes before.
     */
    @WithDefault("10s")
    Duration slack();

    /** Older quotes are set aside where enough families have younger ones; never less than two ticks' intervals. */
    @WithDefault("1m")
    Duration freshWithin();

    /**
     * How far a source's own confidence interval may reach from its value, in basis points; above 0 and below 10,000.
     * A source that is less sure than that is not believed.
     */
    @WithDefault("100")
    BigDecimal confidenceBps();

    /**
     * By how much the learnt rate of a staked asset to its anchor may move in a day, in basis points; from 0, which
     * means that the asset file's rate stands, to 100.
     */
    @WithDefault("10")
    BigDecimal rateBpsPerDay();

    /** How long every minute of a recorded price is kept; at least 25 hours, which a restart reads back. */
    @WithDefault("P2D")
    Duration keepMinutes();

    /** How long five minutes are kept together; after that, hours. Not shorter than minutes are kept. */
    @WithDefault("P30D")
    Duration keepFiveMinutes();

    /** How long recorded prices are kept at all, in whole months; not shorter than five minutes are kept. */
    @WithDefault("P400D")
    Duration retention();

    /** By how much a price may honestly move. */
    Volatility volatility();

    /** Per class of asset, in basis points a minute, above 0 and at most 1,000; and how much more a wild hour allows. */
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

        /** After how long a minute counts half in the volatility that is measured; from 1 minute to a day. */
        @WithDefault("1h")
        Duration halfLife();

        /** How many times the drift of its class the measured volatility may allow an asset at most; from 1 to 100. */
        @WithDefault("10")
        BigDecimal cap();
    }
}
