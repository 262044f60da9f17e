package dev.plimsoll.pipeline.backtest;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** What some assets were believed to cost. */
final class Quotes {
    private Quotes() {}

    /** Those that had a believable price. */
    static Map<Asset, PriceRange> of(Collection<Asset> assets, MarketSnapshot market) {
        return assets.stream()
                .filter(asset -> market.range(asset).isBounded())
                .collect(Collectors.toUnmodifiableMap(asset -> asset, market::range));
    }
}
