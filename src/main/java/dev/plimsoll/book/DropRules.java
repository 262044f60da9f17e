package dev.plimsoll.book;

import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Rule;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The accounts with rules on how far a health factor fell. Where the clock is set back the minutes come again that were
 * recorded already, and with them peaks that no tick has seen coming: nobody's is known until a tick has looked that is
 * past them all.
 */
final class DropRules {
    private final Map<UUID, UUID> accounts = new HashMap<>();
    private Instant latest = Instant.MIN;
    private boolean behind;

    void put(Rule rule) {
        if (rule.condition() instanceof Condition.HealthDrop) {
            accounts.put(rule.id(), rule.account());
        }
    }

    void remove(Rule rule) {
        accounts.remove(rule.id());
    }

    /** Those whose peaks nobody knows at this tick. */
    Set<UUID> unsure(Instant now) {
        var wasBehind = behind;
        behind = now.isBefore(latest);
        latest = behind ? latest : now;
        return behind || wasBehind ? Set.copyOf(accounts.values()) : Set.of();
    }
}
