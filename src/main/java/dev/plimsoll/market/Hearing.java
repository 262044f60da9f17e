package dev.plimsoll.market;

import dev.plimsoll.market.Past.Place;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo;
import dev.plimsoll.unit.PriceRange;
import dev.plimsoll.unit.Tick;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One asset in one tick, with all that its judgement may look at beside the answers.
 *
 * @param priced what this tick has priced before this asset
 */
record Hearing(AssetInfo info, Tick tick, Map<Asset, Consensus> priced, Past past) {
    Asset asset() {
        return info.asset();
    }

    /** (0, ∞) for what has no price yet. */
    PriceRange price(Asset other) {
        return Optional.ofNullable(priced.get(other)).map(Consensus::range).orElse(PriceRange.ANYTHING);
    }

    Optional<Duration> silence(String source) {
        return past.silence(new Place(source, asset()), tick.at());
    }

    /** As a plain ratio of the price. */
    BigDecimal drift(Drift drift, Duration age) {
        return drift.of(info.volatility(), past.volatility(asset()), age);
    }
}
