package dev.plimsoll.book;

import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Threshold;
import dev.plimsoll.unit.Asset;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The rules on how far apart in time prices were observed. Prices are never farther apart than the oldest is old, so while
 * none is as old as a rule asks, no position needs to be looked at for it.
 */
final class SkewRules {
    private final Map<UUID, Set<Rule>> byAccount = new HashMap<>();
    private final TreeMap<Duration, Set<Rule>> byAge = new TreeMap<>();

    void put(Rule rule) {
        if (rule.condition() instanceof Condition.FeedSkew) {
            byAccount.computeIfAbsent(rule.account(), it -> new HashSet<>()).add(rule);
            byAge.computeIfAbsent(age(rule), it -> new HashSet<>()).add(rule);
        }
    }

    void remove(Rule rule) {
        if (rule.condition() instanceof Condition.FeedSkew) {
            drop(byAccount, rule.account(), rule);
            drop(byAge, age(rule), rule);
        }
    }

    private static <K> void drop(Map<K, Set<Rule>> index, K at, Rule rule) {
        index.get(at).remove(rule);
        if (index.get(at).isEmpty()) {
            index.remove(at);
        }
    }

    /** Of its shortest level. */
    private static Duration age(Rule rule) {
        return rule.levels().stream()
                .map(Threshold::skew)
                .min(Duration::compareTo)
                .orElseThrow();
    }

    /** The assets whose price is as old as any rule asks. */
    Set<Asset> old(MarketSnapshot market) {
        return byAge.isEmpty() ? Set.of() : old(market, byAge.firstKey());
    }

    private static Set<Asset> old(MarketSnapshot market, Duration age) {
        return market.known().stream()
                .filter(asset -> isOld(market, asset, age))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isOld(MarketSnapshot market, Asset asset, Duration age) {
        return market.of(asset)
                .flatMap(consensus -> consensus.youngest().flatMap(Voice::age))
                .filter(young -> young.compareTo(age) >= 0)
                .isPresent();
    }

    /** Whether such a rule watches the position. */
    boolean watch(Position position) {
        return byAccount.getOrDefault(position.account(), Set.of()).stream()
                .anyMatch(rule -> rule.watches().covers(position));
    }
}
