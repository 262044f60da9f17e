package dev.plimsoll.rule;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a user wants to be told.
 *
 * @param levels   one to three, the mildest first, no severity twice
 * @param version  rises by one with every write; the ETag
 */
public record Rule(
        UUID id,
        UUID account,
        Optional<String> key,
        String name,
        Map<String, String> labels,
        Watches watches,
        Condition condition,
        List<Level> levels,
        Telling telling,
        Instant createdAt,
        long version) {
    public Rule {
        labels = Map.copyOf(labels);
        levels = List.copyOf(levels);
        if (levels.isEmpty() || levels.size() > 3) {
            throw new IllegalArgumentException("a rule has one to three levels, had " + levels.size());
        }
    }

    public Optional<List<UUID>> channels() {
        return telling.channels();
    }

    public List<Escalation> escalation() {
        return telling.escalation();
    }

    public Optional<QuietHours> quietHours() {
        return telling.quietHours();
    }

    public boolean notifyResolved() {
        return telling.notifyResolved();
    }
}
