package dev.plimsoll.simulation;

import dev.plimsoll.delivery.VirtualCourier;
import dev.plimsoll.delivery.VirtualOutbox;
import java.util.UUID;

/** All tables of one installation. */
record Store(
        Table<UUID, Watched> rules,
        VirtualLease lease,
        VirtualChanges changes,
        VirtualAlerts alerts,
        VirtualOutbox outbox,
        VirtualCourier courier,
        Plant plant) {
    static final long WATCH_LEASE = 15_000;
    static final long DELIVERY_LEASE = 30_000;

    static Store of(World world, Plant plant) {
        var database = world.database();
        var outbox = new VirtualOutbox(database, plant);
        return new Store(
                new Table<>("rule"),
                new VirtualLease(database, WATCH_LEASE, plant),
                new VirtualChanges(database, plant),
                new VirtualAlerts(),
                outbox,
                new VirtualCourier(outbox, DELIVERY_LEASE, world.dice()),
                plant);
    }

    /** A rule is written, and with it that it was. */
    void write(Transaction tx, Watched rule) {
        rules.put(tx, rule.rule(), rule);
        changes.record(tx, "rule", rule.rule());
    }
}
