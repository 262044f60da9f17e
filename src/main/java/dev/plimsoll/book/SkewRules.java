package dev.plimsoll.book;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Threshold;
import dev.plimsoll.unit.Asset;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules on how far apart in time prices were observed. Prices are never farther apart than the oldest is old, so while
 * none is as old as a rule asks, no position needs to be looked at for it.
 */
final class SkewRules {
    private final Map<UUID, Asked> rules = new LinkedHashMap<>();

    /** @param after of its shortest level */
    private record Asked(Rule rule, Duration after) {

        static Asked of(Rule rule) {
            var after = rule.levels().stream().map(Threshold::skew).min(Duration::compareTo);
            return new Asked(rule, after.orElseThrow());
        }

        boolean concerns(Position position, Set<Asset> old) {
            return isHeld(position.loan(), old) && rule.watches().covers(position);
        }

        private static boolean isHeld(Loan loan, Set<Asset> old) {
            for (var debt : loan.debt()) {
                if (old.contains(debt.asset())) {
                    return true;
                }
            }
            for (var collateral : loan.collateral()) {
                if (old.contains(collateral.asset())) {
                    return loan.hasDebt();
                }
            }
            return false;
        }
    }

    void put(Rule rule) {
        if (rule.condition() instanceof Condition.FeedSkew) {
            rules.put(rule.id(), Asked.of(rule));
        }
    }

    void remove(UUID rule) {
        rules.remove(rule);
    }

    /**
     * The positions that stand on a price as old as a rule that watches them asks; some may come twice.
     *
     * @param positions of an account
     */
    List<Position> concerned(MarketSnapshot market, Function<UUID, Collection<Position>> positions) {
        return rules.isEmpty() ? List.of() : concerned(ages(market), positions);
    }

    private List<Position> concerned(Map<Asset, Duration> ages, Function<UUID, Collection<Position>> positions) {
        var oldest = ages.values().stream().max(Duration::compareTo).orElse(Duration.ZERO);
        return rules.values().stream()
                .filter(asked -> asked.after().compareTo(oldest) <= 0)
                .flatMap(asked -> concerned(asked, old(ages, asked.after()), positions))
                .toList();
    }

    private static Stream<Position> concerned(
            Asked asked, Set<Asset> old, Function<UUID, Collection<Position>> positions) {
        return positions.apply(asked.rule().account()).stream().filter(position -> asked.concerns(position, old));
    }

    private static Set<Asset> old(Map<Asset, Duration> ages, Duration after) {
        return ages.entrySet().stream()
                .filter(entry -> entry.getValue().compareTo(after) >= 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Map<Asset, Duration> ages(MarketSnapshot market) {
        return market.assets().values().stream()
                .filter(consensus -> age(consensus).isPresent())
                .collect(Collectors.toMap(
                        Consensus::asset, consensus -> age(consensus).orElseThrow()));
    }

    private static Optional<Duration> age(Consensus consensus) {
        return consensus.youngest().flatMap(Voice::age);
    }
}
