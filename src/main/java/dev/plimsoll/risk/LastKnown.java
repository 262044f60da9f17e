package dev.plimsoll.risk;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.Consensus.Agreed;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.MarketSnapshot.Sighting;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.Tick;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a position looked like by the last prices that could be believed, for a time when it cannot be judged. */
public final class LastKnown {
    private LastKnown() {}

    /**
     * Stands on the last believed price of each of its assets, so its instant is the oldest of theirs.
     *
     * @return empty when one of them never had a price
     */
    public static Optional<Health> of(Terms terms, Instant legsSince, MarketSnapshot market, AssetRegistry assets) {
        var sightings = market.sightings();
        if (!sightings.keySet().containsAll(terms.assets())) {
            return Optional.empty();
        }
        var judgement =
                terms.judge(legsSince, asLastSeen(terms, market.tick(), sightings), assets, Lending.DEFAULT_TARGET);
        return judgement instanceof Judgement.Judged(var health) ? Optional.of(health) : Optional.empty();
    }

    private static MarketSnapshot asLastSeen(Terms terms, Tick tick, Map<Asset, Sighting> sightings) {
        var oldest = terms.assets().stream()
                .map(asset -> sightings.get(asset).at())
                .min(Instant::compareTo)
                .orElse(tick.at());
        var seen = terms.assets().stream()
                .<Consensus>map(asset -> new Agreed(asset, sightings.get(asset).range(), 0, BigDecimal.ZERO, List.of()))
                .collect(Collectors.toMap(Consensus::asset, consensus -> consensus));
        return new MarketSnapshot(new Tick(tick.number(), oldest, tick.interval()), seen);
    }
}
