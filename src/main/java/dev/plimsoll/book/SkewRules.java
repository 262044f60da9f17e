package dev.plimsoll.book;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Threshold;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

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

    /** Whose price is as old as any rule asks; empty without such a rule. */
    Optional<Predicate<Factor>> old(MarketSnapshot market) {
        return byAge.isEmpty()
                ? Optional.empty()
                : Optional.of(factor -> isOld(factor.consensus(market), byAge.firstKey()));
    }

    private static boolean isOld(Optional<Consensus> price, Duration age) {
        return price.flatMap(consensus -> consensus.youngest().flatMap(Voice::age))
                .filter(young -> young.compareTo(age) >= 0)
                .isPresent();
    }

    /** Whether such a rule watches the position. */
    boolean watch(Position position) {
        return byAccount.getOrDefault(position.account(), Set.of()).stream()
                .anyMatch(rule -> rule.watches().covers(position));
    }
}
