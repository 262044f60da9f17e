package dev.plimsoll.market;

import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo;
import dev.plimsoll.unit.PriceRange;
import dev.plimsoll.unit.Tick;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that a tick may believe, immutable. Every judgement of the tick reads from this one object.
 *
 * @param past  what the next tick must know, this one's prices included; for "last known" figures, never for judgement
 * @param drift by how much the operator believes prices to move
 */
public record MarketSnapshot(Tick tick, Map<Asset, Consensus> assets, Past past, Drift drift) {
    public MarketSnapshot {
        assets = Map.copyOf(assets);
        past = past.seeing(seen(tick, assets));
    }

    /** A market without a past, in which nothing is known to move. */
    public MarketSnapshot(Tick tick, Map<Asset, Consensus> assets) {
        this(tick, assets, Past.NOTHING, Drift.NONE);
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

    /** What one source says of an asset, for who believes that source alone; the market's where it does not quote it. */
    public Optional<Consensus> of(Asset asset, String source) {
        return of(asset).map(market -> Word.of(source, market));
    }

    /** Whether the source says anything of the asset, believable or not. */
    public boolean quotes(String source, Asset asset) {
        return of(asset).flatMap(market -> Word.voice(source, market)).isPresent();
    }

    /** These assets as {@link #of(Asset, String)} has them: what a protocol believes that takes one source's word. */
    public MarketSnapshot by(String source, Set<Asset> some) {
        var said = some.stream()
                .flatMap(asset -> of(asset, source).stream())
                .collect(Collectors.toMap(Consensus::asset, word -> word));
        return new MarketSnapshot(tick, said, past, drift);
    }

    /**
     * By how much a price may honestly have moved in this time, as a plain ratio: what its class does by configuration, or
     * its realised volatility, the larger.
     */
    public BigDecimal mayMove(AssetInfo info, Duration time) {
        return drift.of(info.volatility(), past.volatility(info.asset()), time);
    }

    public Set<Asset> known() {
        return assets.keySet();
    }

    /** The last bounded price of every asset that ever had one. */
    public Map<Asset, Sighting> sightings() {
        return past.sightings();
    }

    /** The last bounded price of each asset that has none now. */
    public Map<Asset, Sighting> lastSeen() {
        var seen = new HashMap<>(sightings());
        seen.keySet().removeIf(asset -> range(asset).isBounded());
        return seen;
    }

    /** As if these were what is believed of their assets; everything else stays. */
    public MarketSnapshot supposing(Map<Asset, Consensus> supposed) {
        var all = new HashMap<>(assets);
        all.putAll(supposed);
        return new MarketSnapshot(tick, all, past, drift);
    }

    /**
     * As if each of these moved at least so wildly, whatever it does now.
     *
     * @param least the standard deviation of a minute's return, as a plain ratio
     */
    public MarketSnapshot moving(Map<Asset, BigDecimal> least) {
        var wildest = new HashMap<>(past.volatility());
        least.forEach((asset, deviation) -> wildest.merge(asset, deviation, BigDecimal::max));
        return new MarketSnapshot(tick, assets, past.with(wildest), drift);
    }

    private static Map<Asset, Sighting> seen(Tick tick, Map<Asset, Consensus> assets) {
        return assets.values().stream()
                .filter(consensus -> consensus.range().isBounded())
                .collect(Collectors.toMap(Consensus::asset, consensus -> new Sighting(consensus.range(), tick.at())));
    }
}
