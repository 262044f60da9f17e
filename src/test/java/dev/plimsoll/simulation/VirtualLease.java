package dev.plimsoll.simulation;

import java.util.Optional;
import java.util.OptionalLong;

/** The row of the table {@code lease}, as {@code pipeline.Lease} writes it. Times are milliseconds of database time. */
public final class VirtualLease {
    private static final String WATCH = "watch";
    private static final long LONG_AGO = Long.MIN_VALUE;

    private final Table<String, Row> table = new Table<>("lease");
    private final long ttl;
    private final Plant plant;

    /** @param until it has run out at this instant */
    public record Row(String holder, long epoch, long until) {}

    public VirtualLease(VirtualDatabase database, long ttl, Plant plant) {
        this.ttl = ttl;
        this.plant = plant;
        var tx = database.begin();
        table.put(tx, WATCH, new Row("nobody", 0, LONG_AGO));
        tx.commit();
    }

    /** {@code Lease.hold}, by database time. */
    public OptionalLong hold(Transaction tx, String holder) {
        return hold(tx, holder, tx.now());
    }

    /**
     * @param ownClock what the process takes for the time
     * @return the epoch, unless another holds it
     */
    OptionalLong hold(Transaction tx, String holder, long ownClock) {
        var now = plant == Plant.LEASE_BY_OWN_CLOCK ? ownClock : tx.now();
        tx.lock(table, WATCH);
        var row = row(tx);
        var own = row.holder().equals(holder);
        if (!own && row.until() > now && plant != Plant.LEASE_TAKEN_EARLY) {
            return OptionalLong.empty();
        }
        var goesOn = own && row.until() > now || plant == Plant.EPOCH_KEPT && row.epoch() > 0;
        var epoch = goesOn ? row.epoch() : row.epoch() + 1;
        table.put(tx, WATCH, new Row(holder, epoch, now + ttl));
        return OptionalLong.of(epoch);
    }

    /** {@code Lease.lock}: how each transaction of the watch begins. */
    public void lock(Transaction tx, String holder, long epoch) {
        tx.lock(table, WATCH);
        var row = row(tx);
        if (!row.holder().equals(holder) || row.epoch() != epoch || row.until() <= tx.now()) {
            throw new Refused(Refused.Why.LEASE_LOST, "epoch " + epoch);
        }
        table.put(tx, WATCH, new Row(holder, epoch, tx.now() + ttl));
        tx.idleLimit(ttl);
    }

    /** {@code Lease.release}. */
    public void release(Transaction tx, String holder) {
        tx.lock(table, WATCH);
        if (row(tx).holder().equals(holder)) {
            table.put(tx, WATCH, new Row(holder, row(tx).epoch(), LONG_AGO));
        }
    }

    /** The row as committed. */
    public Optional<Row> committed() {
        return table.committed(WATCH);
    }

    private Row row(Transaction tx) {
        return table.find(tx, WATCH).orElseThrow();
    }
}
