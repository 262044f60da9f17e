package dev.plimsoll.book;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.unit.Asset;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * All positions and rules in memory, and which of them a new market may change.
 *
 * <p>Confined to one thread at a time: the watch changes it at the start of a tick, selects, and settles after each
 * commit. Nothing here waits, and nothing here reads a clock.
 */
public final class Book {
    private final Map<UUID, Position> positions = new HashMap<>();
    private final Map<UUID, Map<UUID, Position>> byAccount = new HashMap<>();
    private final Map<UUID, Map<UUID, Rule>> rules = new HashMap<>();
    private final Map<UUID, UUID> ruleAccounts = new HashMap<>();
    private final Map<UUID, Map<UUID, Blindness>> blind = new HashMap<>();

    /** Adds the position or replaces the one with its id; selected by the next tick. */
    public void put(Position position) {
        positions.put(position.id(), position);
        byAccount
                .computeIfAbsent(position.account(), account -> new LinkedHashMap<>())
                .put(position.id(), position);
    }

    /** Does nothing when there is no such position. */
    public void removePosition(UUID id) {
        Optional.ofNullable(positions.remove(id)).ifPresent(position -> {
            byAccount.getOrDefault(position.account(), new HashMap<>()).remove(id);
            blind.getOrDefault(position.account(), new HashMap<>()).remove(id);
        });
    }

    /** Adds the rule or replaces the one with its id; what it watches is selected by the next tick. */
    public void put(Rule rule) {
        ruleAccounts.put(rule.id(), rule.account());
        rules.computeIfAbsent(rule.account(), account -> new LinkedHashMap<>()).put(rule.id(), rule);
    }

    /** Does nothing when there is no such rule. */
    public void removeRule(UUID id) {
        Optional.ofNullable(ruleAccounts.remove(id))
                .ifPresent(account -> rules.get(account).remove(id));
    }

    /** Has the next tick look at the position, whatever prices do: its alert was acknowledged, snoozed or silenced. */
    public void touchPosition(UUID id) {}

    /** Has the next tick look at all that the rule watches. */
    public void touchRule(UUID id) {}

    /** What may have changed its state since it was last settled, and all that is new, changed or touched since. */
    public Selection select(MarketSnapshot market, Instant now) {
        var all =
                rules.values().stream().flatMap(mine -> mine.values().stream()).toList();
        return new Selection(
                positions.values().stream()
                        .map(position -> new Selection.OfPosition(position, watching(position)))
                        .filter(selected -> !selected.rules().isEmpty())
                        .toList(),
                all.stream()
                        .filter(rule -> rule.condition() instanceof Condition.AssetPrice)
                        .map(rule -> new Selection.OfAsset(((Condition.AssetPrice) rule.condition()).asset(), rule))
                        .toList(),
                all.stream()
                        .filter(rule -> rule.condition() instanceof Condition.Blind)
                        .map(rule -> new Selection.OfAccount(rule.account(), rule))
                        .toList());
    }

    /** The position was judged and its states are committed: look again when it leaves the band or is due. */
    public void settle(Selection.OfPosition judged, Band band) {
        blind.getOrDefault(judged.position().account(), new HashMap<>())
                .remove(judged.position().id());
    }

    /** As {@link #settle(Selection.OfPosition, Band)}, for a position that could not be judged at this instant. */
    public void settleBlind(Selection.OfPosition unknown, Band band, Instant at, String why) {
        var position = unknown.position();
        blind.computeIfAbsent(position.account(), account -> new LinkedHashMap<>())
                .merge(position.id(), new Blindness(at, why), (before, now) -> new Blindness(before.since(), why));
    }

    /** The price rule was evaluated and its state is committed. */
    public void settle(Selection.OfAsset evaluated, Band band) {}

    /** The blind rule was evaluated; look again when the account's blind positions change, or at this instant. */
    public void settle(Selection.OfAccount evaluated, Instant due) {}

    /** The account's positions that could not be judged when they were last settled, by id. */
    public Map<UUID, Blindness> blind(UUID account) {
        return Map.copyOf(blind.getOrDefault(account, Map.of()));
    }

    public Optional<Position> position(UUID id) {
        return Optional.ofNullable(positions.get(id));
    }

    public Optional<Rule> rule(UUID id) {
        return Optional.ofNullable(ruleAccounts.get(id))
                .map(account -> rules.get(account).get(id));
    }

    /** The account's positions, in the order they came. */
    public List<Position> positions(UUID account) {
        return List.copyOf(byAccount.getOrDefault(account, Map.of()).values());
    }

    /** The account's rules, in the order they came. */
    public List<Rule> rules(UUID account) {
        return List.copyOf(rules.getOrDefault(account, Map.of()).values());
    }

    /** Every asset that a position holds or owes, or that a price rule watches. */
    public Set<Asset> assets() {
        var assets = new HashSet<Asset>();
        positions.values().forEach(position -> assets.addAll(position.loan().assets()));
        return assets;
    }

    public int positionCount() {
        return positions.size();
    }

    public int ruleCount() {
        return ruleAccounts.size();
    }

    public int blindCount() {
        return blind.values().stream().mapToInt(Map::size).sum();
    }

    private List<Rule> watching(Position position) {
        return rules(position.account()).stream()
                .filter(rule -> switch (rule.condition()) {
                    case Condition.HealthFactor c -> rule.watches().covers(position);
                    case Condition.LiquidationDistance c -> rule.watches().covers(position);
                    case Condition.AssetPrice c -> false;
                    case Condition.Blind c -> false;
                })
                .toList();
    }
}
