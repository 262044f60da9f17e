package dev.plimsoll.market;

import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import dev.plimsoll.unit.Tick;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All that a tick may believe, immutable. Every judgement of the tick reads from this one object. */
public record MarketSnapshot(Tick tick, Map<Asset, Consensus> assets) {
    public MarketSnapshot {
        assets = Map.copyOf(assets);
    }

    public Optional<Consensus> of(Asset asset) {
        return Optional.ofNullable(assets.get(asset));
    }

    /** (0, ∞) for an asset nobody asked about. */
    public PriceRange range(Asset asset) {
        return of(asset).map(Consensus::range).orElse(PriceRange.ANYTHING);
    }

    public Set<Asset> known() {
        return assets.keySet();
    }
}
