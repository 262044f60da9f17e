package dev.plimsoll.pipeline.backtest;

import dev.plimsoll.risk.Advice;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import java.time.Instant;
import java.util.Map;

/**
 * The health factor was below 1, whatever the prices were within their bars.
 *
 * @param at      when the bar began in which it was first so: never later than the real moment
 * @param already in the first bar there is
 * @param prices  of the assets it stands on, at that moment
 */
public record Sunk(Instant at, boolean already, Advice.Loss loss, Map<Asset, PriceRange> prices) {
    public Sunk {
        prices = Map.copyOf(prices);
    }
}
