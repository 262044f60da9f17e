package dev.plimsoll.market;

import dev.plimsoll.oracle.Oracles;
import dev.plimsoll.unit.AssetRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

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
        return new Assembly(registry, oracles.feeds(), Tolerance.of(config));
    }

    @Produces
    @Singleton
    Hindsight hindsight(LatestMarket latest, MarketConfig config) {
        return new Hindsight(latest, config);
    }

    @Produces
    @Singleton
    PriceAge age(MarketConfig config) {
        return new PriceAge(config.keepMinutes(), config.keepFiveMinutes(), config.retention());
    }
}
