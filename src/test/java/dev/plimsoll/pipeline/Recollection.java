package dev.plimsoll.pipeline;

import dev.plimsoll.alert.Alert;
import dev.plimsoll.alert.AlertState;
import dev.plimsoll.alert.AlertWrite;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What the watch of one process remembers of alerts: the {@link Memory} itself, without positions. */
public final class Recollection {
    private final Memory memory = new Memory();

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
                write.written().ifPresent(memory.alerts()::put);
                memory.doubtful().remove(write.key());
            } else {
                memory.doubtful().add(write.key());
            }
        }
    }
}
