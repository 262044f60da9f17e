package dev.plimsoll.market;

import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import dev.plimsoll.unit.Tick;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that a tick may believe, immutable. Every judgement of the tick reads from this one object.
 *
 * @param lastSeen the last bounded price of each asset that has none now; for "last known" figures, never for judgement
 */
public record MarketSnapshot(Tick tick, Map<Asset, Consensus> assets, Map<Asset, Sighting> lastSeen) {
    public MarketSnapshot {
        assets = Map.copyOf(assets);
        lastSeen = Map.copyOf(lastSeen);
    }

    /** A market without a past. */
    public MarketSnapshot(Tick tick, Map<Asset, Consensus> assets) {
        this(tick, assets, Map.of());
    }

    /** A price that could be believed at an earlier tick. */
    public record Sighting(PriceRange range, Instant at) {}

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

    /** The same market, remembering what was last seen of the assets it says nothing of. */
    public MarketSnapshot after(MarketSnapshot earlier) {
        var seen = new HashMap<>(earlier.sightings());
        seen.keySet().removeIf(asset -> range(asset).isBounded());
        return new MarketSnapshot(tick, assets, seen);
    }

    /** The last bounded price of every asset that ever had one. */
    public Map<Asset, Sighting> sightings() {
        var sightings = new HashMap<>(lastSeen);
        assets.forEach((asset, consensus) -> {
            if (consensus.range().isBounded()) {
                sightings.put(asset, new Sighting(consensus.range(), tick.at()));
            }
        });
        return sightings;
    }
}
