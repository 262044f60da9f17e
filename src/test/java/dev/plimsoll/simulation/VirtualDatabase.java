package dev.plimsoll.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * As much of PostgreSQL as Plimsoll leans on: transactions at read committed with row locks, and transaction ids that
 * commit out of order.
 */
public final class VirtualDatabase {
    private final LongSupplier clock;
    private final List<Transaction> running = new ArrayList<>();
    private final Map<List<Object>, Transaction> locks = new HashMap<>();
    private long lastXid = 1_000;
    private long lastId;

    /** @param clock milliseconds */
    public VirtualDatabase(LongSupplier clock) {
        this.clock = clock;
    }

    public Transaction begin() {
        var begun = new Transaction(this);
        running.add(begun);
        return begun;
    }

    long clock() {
        return clock.getAsLong();
    }

    /** {@code pg_snapshot_xmin(pg_current_snapshot())}: every transaction below has ended. */
    public long horizon() {
        return running.stream()
                .filter(Transaction::isRunningWithXid)
                .mapToLong(Transaction::xid)
                .min()
                .orElse(lastXid + 1);
    }

    /** The same ids in every run of a seed, in the order of their making. */
    public UUID nextId() {
        return new UUID(0, ++lastId);
    }

    long nextXid() {
        return ++lastXid;
    }

    Optional<Transaction> holder(List<Object> what) {
        return Optional.ofNullable(locks.get(what));
    }

    void hold(List<Object> what, Transaction by) {
        locks.put(what, by);
    }

    void ended(Transaction tx) {
        running.remove(tx);
        locks.values().removeIf(holder -> holder == tx);
    }

    /** Ends the sessions that have been idle inside a transaction for longer than they asked to be allowed. */
    void cutOffIdle() {
        List.copyOf(running).stream().filter(Transaction::isIdleTooLong).forEach(Transaction::rollback);
    }
}
