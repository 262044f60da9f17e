package dev.plimsoll.pipeline.backtest;

import dev.plimsoll.unit.AssetRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The crashes, for whoever asks. */
class CrashSource {

    @Produces
    @Singleton
    Crashes crashes() {
        return Crashes.read();
    }

    @Produces
    @Singleton
    CrashPrices prices(Crashes crashes, AssetRegistry assets) {
        return new CrashPrices(crashes, assets);
    }
}
