package dev.plimsoll.api;

import dev.plimsoll.delivery.RegisteredChannel;
import dev.plimsoll.delivery.Waking;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Standing;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Evaluation.Breached;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Verdicts;
import dev.plimsoll.unit.AssetRegistry;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether somebody would hear of a position's way to liquidation, by the rules and the active channels of its account. */
record Coverage(List<Rule> rules, Waking.Around around, Set<UUID> active) {
    Coverage {
        rules = List.copyOf(rules);
        active = Set.copyOf(active);
    }

    static Coverage of(List<Rule> rules, Waking.Around around) {
        return new Coverage(
                rules,
                around,
                around.channels().stream()
                        .filter(channel -> channel.isActive() && channel.isOwn())
                        .map(RegisteredChannel::id)
                        .collect(Collectors.toSet()));
    }

    /** The {@code coverage} block of a position's answer. */
    JsonObject json(Position position, Standing standing, AssetRegistry assets) {
        var warning = rules.stream()
                .filter(rule -> warns(rule.condition()) && rule.watches().covers(position))
                .toList();
        var problem = problem(warning).or(() -> firing(warning, position, standing, assets));
        return new JsonObject()
                .put("rules", warning.size())
                .put("reachableChannels", reachable(warning))
                .put("problem", problem.orElse(null))
                .put("wakesYou", WakingJson.write(Waking.of(position, warning, around)));
    }

    /** Blindness, prices of single assets and gaps between two prices do not say that a position nears its liquidation. */
    private static boolean warns(Condition condition) {
        return switch (condition) {
            case Condition.OracleGap ignored -> false;
            case Condition.OnPosition ignored -> true;
            case Condition.OnAsset ignored -> false;
            case Condition.Blind ignored -> false;
        };
    }

    private int reachable(List<Rule> warning) {
        return (int) warning.stream()
                .flatMap(rule -> rule.levels().stream().flatMap(level -> told(rule, level)))
                .distinct()
                .count();
    }

    private Stream<UUID> told(Rule rule, Level level) {
        return level.channels()
                .or(rule::channels)
                .map(named -> named.stream().filter(active::contains))
                .orElseGet(active::stream);
    }

    private Optional<String> problem(List<Rule> warning) {
        if (warning.isEmpty()) {
            return Optional.of("no rule");
        }
        return reachable(warning) == 0 ? Optional.of("no active channel") : Optional.empty();
    }

    private static Optional<String> firing(
            List<Rule> warning, Position position, Standing standing, AssetRegistry assets) {
        return warning.stream()
                .flatMap(rule -> Verdicts.ofPosition(rule, standing, position.terms(), assets).stream())
                .filter(verdict -> verdict.toFire() instanceof Breached)
                .findFirst()
                .map(verdict -> "already firing");
    }
}
