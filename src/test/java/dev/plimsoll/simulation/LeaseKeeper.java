package dev.plimsoll.simulation;

/** Keeps the lease alive between ticks, as {@code pipeline.Shift} does, or takes it where it is free. */
final class LeaseKeeper {
    private static final long EVERY = 3_000;

    private final Replica replica;
    private final Store store;
    private final Referee referee;
    private final Fiber fiber;

    LeaseKeeper(Replica replica, Store store, Referee referee) {
        this.replica = replica;
        this.store = store;
        this.referee = referee;
        this.fiber = new Fiber(replica.world(), replica, "lease", why -> again());
    }

    void start(long after) {
        fiber.start(after, this::hold);
    }

    private Step again() {
        return fiber.pause(EVERY, this::hold);
    }

    private Step hold() {
        fiber.alone(tx -> {
            var epoch = store.lease().hold(tx, replica.holder(), replica.ownClock());
            referee.holds(tx, replica, epoch);
            return epoch;
        });
        return again();
    }
}
