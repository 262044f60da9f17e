package dev.plimsoll.api;

import dev.plimsoll.delivery.RegisteredChannel;
import dev.plimsoll.position.Position;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Rule;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether somebody would hear of a position's way to liquidation.
 *
 * @param rules    of the account
 * @param channels of the account that are active
 * @param firing   the account's positions with a firing alert
 */
record Coverage(List<Rule> rules, List<RegisteredChannel> channels, Set<UUID> firing) {
    Coverage {
        rules = List.copyOf(rules);
        channels = List.copyOf(channels);
        firing = Set.copyOf(firing);
    }

    JsonObject of(Position position) {
        var watching = rules.stream()
                .filter(rule -> warns(rule.condition()) && rule.watches().covers(position))
                .toList();
        var reachable = reachable(watching);
        return new JsonObject()
                .put("rules", watching.size())
                .put("reachableChannels", reachable)
                .put("problem", problem(watching, reachable, position).orElse(null));
    }

    /** Blindness and prices of single assets do not say that a position nears its liquidation. */
    private static boolean warns(Condition condition) {
        return switch (condition) {
            case Condition.HealthFactor ignored -> true;
            case Condition.LiquidationDistance ignored -> true;
            case Condition.AssetPrice ignored -> false;
            case Condition.Blind ignored -> false;
        };
    }

    private int reachable(List<Rule> watching) {
        var active = channels.stream().map(RegisteredChannel::id).collect(Collectors.toSet());
        return (int) watching.stream()
                .flatMap(rule -> rule.levels().stream().flatMap(level -> told(rule, level, active)))
                .distinct()
                .filter(active::contains)
                .count();
    }

    private static Stream<UUID> told(Rule rule, Level level, Set<UUID> active) {
        return level.channels().or(rule::channels).map(List::stream).orElseGet(active::stream);
    }

    private Optional<String> problem(List<Rule> watching, int reachable, Position position) {
        if (watching.isEmpty()) {
            return Optional.of("no rule");
        }
        if (reachable == 0) {
            return Optional.of("no active channel");
        }
        return firing.contains(position.id()) ? Optional.of("already firing") : Optional.empty();
    }
}
