package dev.plimsoll.market;

import dev.plimsoll.oracle.Oracles;
import dev.plimsoll.unit.AssetInfo.Volatility;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.BasisPoints;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;

/** Makes beans of this package's plain classes. */
class MarketSource {

    @Produces
    @Singleton
    LatestMarket latest() {
        return new LatestMarket();
    }

    @Produces
    @Singleton
    Assembly assembly(AssetRegistry registry, Oracles oracles, MarketConfig config) {
        return new Assembly(registry, oracles.feeds(), tolerance(config));
    }

    private static Tolerance tolerance(MarketConfig config) {
        var volatility = config.volatility();
        return new Tolerance(
                config.slack(),
                config.freshWithin(),
                Map.of(
                        Volatility.STABLE, new BasisPoints(volatility.stable()),
                        Volatility.MAJOR, new BasisPoints(volatility.major()),
                        Volatility.ALT, new BasisPoints(volatility.alt()),
                        Volatility.AI, new BasisPoints(volatility.ai())));
    }
}
