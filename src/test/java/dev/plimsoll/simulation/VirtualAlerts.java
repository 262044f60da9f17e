package dev.plimsoll.simulation;

import dev.plimsoll.alert.Alert;
import dev.plimsoll.alert.AlertState.Phase;
import dev.plimsoll.alert.AlertWrite;
import dev.plimsoll.alert.Transition;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/** The tables {@code alert} and {@code transition}, as {@code alert.AlertStore} writes and reads them. */
public final class VirtualAlerts {
    private final Table<UUID, Alert> alerts = new Table<>("alert");
    private final Table<Place, Transition> timeline = new Table<>("transition");

    public record Place(UUID alert, int sequence) {}

    /** {@code AlertStore.write}: the ids of the rows whose version had not moved on, or whose place was free. */
    public Set<UUID> write(Transaction tx, List<AlertWrite> writes) {
        writes.forEach(write -> lock(tx, write));
        var won = new HashSet<UUID>();
        for (var kind : List.of(AlertWrite.Kind.DELETE, AlertWrite.Kind.UPDATE, AlertWrite.Kind.INSERT)) {
            writes.stream()
                    .filter(write -> write.kind() == kind && write(tx, write))
                    .forEach(write -> won.add(write.id()));
        }
        writes.stream().filter(write -> won.contains(write.id())).forEach(write -> note(tx, write));
        return won;
    }

    private void lock(Transaction tx, AlertWrite write) {
        tx.lock(alerts, write.id());
        tx.lock("alert_unresolved_key", write.key());
    }

    private boolean write(Transaction tx, AlertWrite write) {
        var free = write.seen()
                .map(seen -> alerts.find(tx, write.id())
                        .filter(row -> row.version() == seen.version())
                        .isPresent())
                .orElseGet(() -> isFree(tx, write));
        if (free && write.kind() == AlertWrite.Kind.DELETE) {
            alerts.delete(tx, write.id());
        } else if (free) {
            alerts.put(tx, write.id(), write.written().orElseThrow());
        }
        return free;
    }

    private boolean isFree(Transaction tx, AlertWrite write) {
        return alerts.rows(tx, row -> row.key().equals(write.key())).stream()
                .noneMatch(row -> row.state().phase() != Phase.RESOLVED
                        || row.state().episode() == write.state().episode());
    }

    private void note(Transaction tx, AlertWrite write) {
        write.transitions().forEach(step -> note(tx, write.id(), step));
    }

    private void note(Transaction tx, UUID alert, Transition step) {
        var place = new Place(alert, step.sequence());
        if (timeline.find(tx, place).isPresent()) {
            throw new Refused(Refused.Why.TAKEN, "transition_pkey " + place);
        }
        timeline.put(tx, place, step);
    }

    /** {@code for update}. */
    public Optional<Alert> lock(Transaction tx, UUID alert) {
        tx.lock(alerts, alert);
        return alerts.find(tx, alert);
    }

    /** What {@code AlertActStore} writes. */
    public void act(Transaction tx, Alert acted) {
        alerts.put(tx, acted.id(), acted);
    }

    /** {@code AlertStore.latest}. */
    public List<Alert> latest(Transaction tx) {
        return List.copyOf(alerts.rows(tx, row -> true).stream()
                .collect(Collectors.toMap(
                        Alert::key,
                        row -> row,
                        BinaryOperator.maxBy(
                                Comparator.comparingInt(row -> row.state().episode())),
                        LinkedHashMap::new))
                .values());
    }

    /** {@code AlertStore.byIds}. */
    public List<Alert> byIds(Transaction tx, Collection<UUID> ids) {
        return alerts.rows(tx, row -> ids.contains(row.id()));
    }

    /** {@code AlertStore.byKeys}. */
    public List<Alert> byKeys(Transaction tx, Collection<Alert.Key> keys) {
        return latest(tx).stream().filter(row -> keys.contains(row.key())).toList();
    }

    public List<Alert> committed() {
        return alerts.committed();
    }
}
