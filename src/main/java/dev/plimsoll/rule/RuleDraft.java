package dev.plimsoll.rule;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A rule as its owner writes it. */
public record RuleDraft(
        Optional<String> key,
        String name,
        Map<String, String> labels,
        Watches watches,
        Condition condition,
        List<Level> levels,
        Telling telling) {
    public RuleDraft {
        labels = Map.copyOf(labels);
        levels = List.copyOf(levels);
    }

    public static RuleDraft of(Rule rule) {
        return new RuleDraft(
                rule.key(),
                rule.name(),
                rule.labels(),
                rule.watches(),
                rule.condition(),
                rule.levels(),
                rule.telling());
    }

    /** As a rule that is stored nowhere, to see what it would say. */
    public Rule unstored(UUID account, Instant at) {
        return new Rule(new UUID(0, 0), account, key, name, labels, watches, condition, levels, telling, at, 1);
    }
}
