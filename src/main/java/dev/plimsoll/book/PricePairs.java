package dev.plimsoll.book;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The rules on prices, each with its asset and band. */
final class PricePairs {
    private record Settled(Band band, boolean unpriced) {
        private static final Settled NOT = new Settled(Band.NOWHERE, false);

        boolean holds(PriceRange range, Instant now) {
            return unpriced
                    ? range.equals(PriceRange.ANYTHING) && now.isBefore(band.due())
                    : band.holds(range.low().doubleValue(), range.highAsDouble(), now);
        }
    }

    private final Map<UUID, Selection.OfAsset> pairs = new LinkedHashMap<>();
    private final Map<UUID, Settled> settled = new HashMap<>();
    private Set<Asset> unpriced = Set.of();

    void put(Rule rule, Condition.AssetPrice price) {
        pairs.put(rule.id(), new Selection.OfAsset(price.asset(), rule));
        touch(rule.id());
    }

    void remove(UUID rule) {
        pairs.remove(rule);
        touch(rule);
    }

    /** What was selected before cannot be settled any more. */
    void touch(UUID rule) {
        settled.remove(rule);
        pairs.computeIfPresent(rule, (id, pair) -> new Selection.OfAsset(pair.asset(), pair.rule()));
    }

    List<Selection.OfAsset> select(MarketSnapshot market, Instant now) {
        unpriced = assets().stream()
                .filter(asset -> market.range(asset).equals(PriceRange.ANYTHING))
                .collect(Collectors.toUnmodifiableSet());
        return pairs.values().stream()
                .filter(pair ->
                        !settled.getOrDefault(pair.rule().id(), Settled.NOT).holds(market.range(pair.asset()), now))
                .toList();
    }

    /** Where there was no believable price, only time can change it until there is one. */
    void settle(Selection.OfAsset pair, Band band) {
        if (pairs.get(pair.rule().id()) == pair) {
            settled.put(pair.rule().id(), new Settled(band, unpriced.contains(pair.asset())));
        }
    }

    Set<Asset> assets() {
        return pairs.values().stream().map(Selection.OfAsset::asset).collect(Collectors.toUnmodifiableSet());
    }
}
