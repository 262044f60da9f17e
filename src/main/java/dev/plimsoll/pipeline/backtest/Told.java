package dev.plimsoll.pipeline.backtest;

import dev.plimsoll.alert.Transition;
import dev.plimsoll.risk.HealthFactor;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import java.util.Map;
import java.util.Optional;

/**
 * A transition that would have been.
 *
 * @param healthFactor at the dangerous end; of a position that could be judged
 * @param prices       of the assets it stands on, as they were believed
 */
public record Told(Transition transition, Optional<HealthFactor> healthFactor, Map<Asset, PriceRange> prices) {
    public Told {
        prices = Map.copyOf(prices);
    }
}
