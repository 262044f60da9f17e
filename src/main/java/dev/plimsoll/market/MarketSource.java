package dev.plimsoll.market;

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
    Assembly assembly(AssetRegistry registry) {
        return new Assembly(registry);
    }
}
