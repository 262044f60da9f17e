package dev.plimsoll.simulation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Rows by their primary key, as committed; what a transaction wrote is seen by itself only, until it commits. */
public final class Table<K, R> {
    private final String name;
    private final Map<K, R> committed = new LinkedHashMap<>();

    public Table(String name) {
        this.name = name;
    }

    public Optional<R> find(Transaction tx, K key) {
        var own = tx.written(this).get(key);
        return own == null ? Optional.ofNullable(committed.get(key)) : own;
    }

    /** In the order in which they came to be. */
    public List<R> rows(Transaction tx, Predicate<R> where) {
        var own = tx.<K, R>written(this);
        if (own.isEmpty()) {
            return committed.values().stream().filter(where).toList();
        }
        var kept = committed.entrySet().stream()
                .flatMap(row -> own.getOrDefault(row.getKey(), Optional.of(row.getValue())).stream());
        var added = own.entrySet().stream()
                .filter(row -> !committed.containsKey(row.getKey()))
                .flatMap(row -> row.getValue().stream());
        return Stream.concat(kept, added).filter(where).toList();
    }

    /** Inserts or updates; waits for whoever else has written or locked the row. */
    public void put(Transaction tx, K key, R row) {
        tx.lock(this, key);
        tx.write(this, key, Optional.of(row));
    }

    public void delete(Transaction tx, K key) {
        tx.lock(this, key);
        tx.write(this, key, Optional.empty());
    }

    /** What everybody sees. */
    public List<R> committed() {
        return List.copyOf(committed.values());
    }

    public Optional<R> committed(K key) {
        return Optional.ofNullable(committed.get(key));
    }

    void commit(Map<K, Optional<R>> writes) {
        writes.forEach((key, row) -> row.ifPresentOrElse(it -> committed.put(key, it), () -> committed.remove(key)));
    }

    @Override
    public String toString() {
        return name;
    }
}
