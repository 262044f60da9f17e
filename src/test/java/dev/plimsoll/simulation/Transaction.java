package dev.plimsoll.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A transaction at read committed: each statement sees what was committed when it began, and what it wrote itself. */
public final class Transaction {
    private final VirtualDatabase database;
    private final long startedAt;
    private final Map<Table<?, ?>, Map<?, ?>> writes = new LinkedHashMap<>();
    private final List<Runnable> atEnd = new ArrayList<>();
    private final List<Runnable> atCommit = new ArrayList<>();
    private OptionalLong xid = OptionalLong.empty();
    private OptionalLong idleLimit = OptionalLong.empty();
    private long lastStatement;
    private boolean waiting;
    private boolean over;

    Transaction(VirtualDatabase database) {
        this.database = database;
        this.startedAt = database.clock();
        this.lastStatement = startedAt;
    }

    /** {@code now()}: stands still from its beginning, in milliseconds of database time. */
    public long now() {
        return startedAt;
    }

    /** {@code clock_timestamp()}. */
    public long clock() {
        return database.clock();
    }

    /** {@code pg_current_xact_id()}: given out at the first write. */
    public long xid() {
        if (xid.isEmpty()) {
            xid = OptionalLong.of(database.nextXid());
        }
        return xid.getAsLong();
    }

    boolean isRunningWithXid() {
        return xid.isPresent() && !over;
    }

    boolean isOver() {
        return over;
    }

    /** Waits until nobody else holds it. */
    public void lock(Object... what) {
        var holder = database.holder(List.of(what)).filter(it -> it != this);
        if (holder.isPresent()) {
            throw new Waits(holder.get());
        }
        database.hold(List.of(what), this);
        xid();
    }

    /** {@code skip locked}. */
    public boolean lockUnlessHeld(Object... what) {
        var free = database.holder(List.of(what)).filter(it -> it != this).isEmpty();
        if (free) {
            lock(what);
        }
        return free;
    }

    /** {@code idle_in_transaction_session_timeout}, in milliseconds. */
    public void idleLimit(long millis) {
        idleLimit = OptionalLong.of(millis);
    }

    boolean isIdleTooLong() {
        return !over && !waiting && idleLimit.isPresent() && database.clock() - lastStatement > idleLimit.getAsLong();
    }

    /** A statement of it has been answered, or waits for a lock. */
    void touch(boolean waits) {
        lastStatement = database.clock();
        waiting = waits;
    }

    @SuppressWarnings("unchecked")
    <K, R> Map<K, Optional<R>> written(Table<K, R> table) {
        return (Map<K, Optional<R>>) writes.getOrDefault(table, Map.of());
    }

    @SuppressWarnings("unchecked")
    <K, R> void write(Table<K, R> table, K key, Optional<R> row) {
        ((Map<K, Optional<R>>) writes.computeIfAbsent(table, it -> new LinkedHashMap<K, Optional<R>>())).put(key, row);
    }

    public void commit() {
        writes.keySet().forEach(this::commit);
        atCommit.forEach(Runnable::run);
        end();
    }

    private <K, R> void commit(Table<K, R> table) {
        table.commit(written(table));
    }

    public void rollback() {
        end();
    }

    private void end() {
        over = true;
        database.ended(this);
        atEnd.forEach(Runnable::run);
    }

    /** Told if it commits, also where its process never hears of it. */
    void whenCommitted(Runnable action) {
        atCommit.add(action);
    }

    /** Told once it has committed or rolled back. */
    void whenOver(Runnable action) {
        atEnd.add(action);
    }
}
