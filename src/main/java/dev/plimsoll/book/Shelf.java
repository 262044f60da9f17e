package dev.plimsoll.book;

import dev.plimsoll.position.Position;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Rule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** One account's part of the book. Small: there may be as many as there are positions. */
final class Shelf {
    private List<UUID> positions = List.of();
    private List<Rule> rules = List.of();

    /** Of the rules those on the health of positions: asked for every position of a crowd. */
    private List<Rule> onHealth = List.of();

    private Map<UUID, Unseen> unseen = Map.of();

    List<UUID> positions() {
        return positions;
    }

    List<Rule> rules() {
        return rules;
    }

    Map<UUID, Unseen> unseen() {
        return unseen;
    }

    boolean isEmpty() {
        return positions.isEmpty() && rules.isEmpty();
    }

    void put(Position position) {
        if (!positions.contains(position.id())) {
            positions =
                    Stream.concat(positions.stream(), Stream.of(position.id())).toList();
        }
    }

    void removePosition(UUID id) {
        positions = positions.stream().filter(other -> !other.equals(id)).toList();
    }

    void put(Rule rule) {
        rules(Stream.concat(others(rule.id()), Stream.of(rule)).toList());
    }

    void removeRule(UUID id) {
        rules(others(id).toList());
    }

    private void rules(List<Rule> all) {
        rules = all;
        onHealth = all.stream().filter(rule -> isOnHealth(rule.condition())).toList();
    }

    private Stream<Rule> others(UUID id) {
        return rules.stream().filter(rule -> !rule.id().equals(id));
    }

    /** Whether that changed anything. */
    boolean lose(UUID position, Unseen how) {
        var before = unseen.get(position);
        var since = before == null ? how : new Unseen(before.since(), how.why());
        if (since.equals(before)) {
            return false;
        }
        var more = new HashMap<>(unseen);
        more.put(position, since);
        unseen = Map.copyOf(more);
        return true;
    }

    /** Whether that changed anything. */
    boolean regain(UUID position) {
        if (!unseen.containsKey(position)) {
            return false;
        }
        var fewer = new HashMap<>(unseen);
        fewer.remove(position);
        unseen = Map.copyOf(fewer);
        return true;
    }

    /** The rules on the health of this position. */
    List<Rule> judging(Position position) {
        for (var rule : onHealth) {
            if (!rule.watches().covers(position)) {
                return onHealth.stream()
                        .filter(other -> other.watches().covers(position))
                        .toList();
            }
        }
        return onHealth;
    }

    List<Rule> blindRules() {
        return rules.stream()
                .filter(rule -> rule.condition() instanceof Condition.Blind)
                .toList();
    }

    /** Whether any rule says something about this position, were it only that it cannot be judged. */
    boolean isWatched(Position position) {
        for (var rule : rules) {
            if (!(rule.condition() instanceof Condition.OnAsset)
                    && rule.watches().covers(position)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOnHealth(Condition condition) {
        return switch (condition) {
            case Condition.OnPosition ignored -> true;
            case Condition.OnAsset ignored -> false;
            case Condition.Blind ignored -> false;
        };
    }
}
