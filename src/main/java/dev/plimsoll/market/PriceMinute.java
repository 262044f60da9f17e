package dev.plimsoll.market;

import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What was believed of one asset over the ticks of a minute, by the watch's clock.
 *
 * @param at            when the minute began
 * @param believed      empty when no tick of it had a bounded price
 * @param divergenceBps by source, the farthest it was from the median of the others while it was fresh; negative below
 */
public record PriceMinute(Asset asset, Instant at, Optional<Believed> believed, Map<String, Integer> divergenceBps) {
    public PriceMinute {
        divergenceBps = Map.copyOf(divergenceBps);
    }

    /** @param close the middle of the last bounded range, in US dollars */
    public record Believed(Extremes extremes, BigDecimal close) {}
}
