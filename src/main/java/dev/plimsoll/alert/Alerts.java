package dev.plimsoll.alert;

import dev.plimsoll.alert.AlertState.Phase;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The last alert of every (rule, subject) that ever had one, in memory. Confined to one thread at a time. */
public final class Alerts {
    private final Map<Alert.Key, Alert> last = new HashMap<>();
    private final Map<UUID, Set<Alert.Key>> openByRule = new HashMap<>();
    private final Map<Subject, Set<Alert.Key>> openBySubject = new HashMap<>();
    private final Set<Alert.Key> hushed = new HashSet<>();
    private final Map<Phase, Integer> counts = new EnumMap<>(Phase.class);

    public Optional<Alert> of(Alert.Key key) {
        return Optional.ofNullable(last.get(key));
    }

    /** Where the key's life stands; quiet before the first alert. */
    public AlertState state(Alert.Key key) {
        return of(key).map(Alert::state).orElseGet(() -> AlertState.quiet(0));
    }

    /** Of every one. */
    public Set<Alert.Key> keys() {
        return new HashSet<>(last.keySet());
    }

    public void put(Alert alert) {
        remove(alert.key());
        last.put(alert.key(), alert);
        counts.merge(alert.state().phase(), 1, Integer::sum);
        if (alert.state().isOpen()) {
            openByRule
                    .computeIfAbsent(alert.key().rule(), rule -> new HashSet<>())
                    .add(alert.key());
            openBySubject
                    .computeIfAbsent(alert.key().subject(), subject -> new HashSet<>())
                    .add(alert.key());
            if (alert.isHushed()) {
                hushed.add(alert.key());
            }
        }
    }

    public void remove(Alert.Key key) {
        Optional.ofNullable(last.remove(key)).ifPresent(alert -> {
            counts.merge(alert.state().phase(), -1, Integer::sum);
            hushed.remove(key);
            drop(openByRule, key.rule(), key);
            drop(openBySubject, key.subject(), key);
        });
    }

    /** Removes the last one of a key unless it is open. */
    public void forget(Alert.Key key) {
        of(key).filter(alert -> !alert.state().isOpen()).ifPresent(ended -> remove(key));
    }

    public void clear() {
        last.clear();
        openByRule.clear();
        openBySubject.clear();
        hushed.clear();
        counts.clear();
    }

    /** The unresolved ones of a rule. */
    public List<Alert> openOfRule(UUID rule) {
        return alerts(openByRule.getOrDefault(rule, Set.of()));
    }

    /** The unresolved ones about a subject. */
    public List<Alert> openOf(Subject subject) {
        return alerts(openBySubject.getOrDefault(subject, Set.of()));
    }

    /** The unresolved ones of which something is kept from their owners. */
    public List<Alert> hushed() {
        return alerts(hushed);
    }

    /** Every unresolved one. */
    public List<Alert> open() {
        return openByRule.values().stream()
                .flatMap(Collection::stream)
                .map(last::get)
                .toList();
    }

    public int count(Phase phase) {
        return counts.getOrDefault(phase, 0);
    }

    private List<Alert> alerts(Set<Alert.Key> keys) {
        return keys.stream().map(last::get).toList();
    }

    private static <K> void drop(Map<K, Set<Alert.Key>> index, K at, Alert.Key key) {
        index.computeIfPresent(at, (same, keys) -> {
            keys.remove(key);
            return keys.isEmpty() ? null : keys;
        });
    }
}
