package dev.plimsoll.pipeline;

import dev.plimsoll.alert.Alert;
import dev.plimsoll.alert.AlertState;
import dev.plimsoll.alert.AlertWrite;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Given;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.rule.Telling;
import dev.plimsoll.rule.Watches;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What the watch of one process remembers of alerts: the {@link Memory} itself, with rules and positions by their ids. */
public final class Recollection {
    private final Memory memory = new Memory();

    /** The book has this rule on this position; its limits are the simulation's own. */
    public void watch(UUID account, UUID rule, UUID position) {
        memory.put(new Position(
                position,
                account,
                Optional.empty(),
                "simulated",
                Map.of(),
                Given.loan("10 ETH 0.825", "12000 USDC"),
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH,
                1));
        memory.put(new Rule(
                rule,
                account,
                Optional.empty(),
                "simulated",
                Map.of(),
                new Watches.OnePosition(position),
                new Condition.HealthFactor(Condition.Basis.PROTOCOL),
                List.of(new Level(
                        Severity.WARNING,
                        new Level.Limit.Below(BigDecimal.ONE),
                        Optional.empty(),
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        Optional.empty())),
                Telling.EVERYTHING,
                Instant.EPOCH,
                1));
    }

    public boolean isOf(long epoch) {
        return memory.isOf(term(epoch));
    }

    public void begin(long epoch, List<Alert> all) {
        memory.begin(term(epoch), all);
    }

    private static Term term(long epoch) {
        return new Term(epoch, Optional.empty(), Optional.empty());
    }

    public Optional<Alert> of(Alert.Key key) {
        return memory.alerts().of(key);
    }

    public AlertState state(Alert.Key key) {
        return memory.alerts().state(key);
    }

    public void learn(Alert alert) {
        memory.learn(alert);
    }

    public Set<Alert.Key> doubtful() {
        return Set.copyOf(memory.doubtful());
    }

    public void settleDoubts(Set<Alert.Key> keys, List<Alert> found) {
        memory.settleDoubts(keys, found);
    }

    /** They are about to be committed: until that is known, nobody knows how they stand. */
    public void doubt(List<AlertWrite> writes) {
        writes.forEach(write -> memory.doubtful().add(write.key()));
    }

    /** What was committed, and what somebody else had written before. */
    public void remember(List<AlertWrite> writes, Set<UUID> won) {
        for (var write : writes) {
            if (won.contains(write.id())) {
                write.written().ifPresent(memory::keep);
                memory.doubtful().remove(write.key());
            } else {
                memory.doubtful().add(write.key());
            }
        }
    }
}
