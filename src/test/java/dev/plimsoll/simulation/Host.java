package dev.plimsoll.simulation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A process, or a user: what is killed, stopped and continued as one. */
class Host {
    private final World world;
    private final String name;
    private final Set<Fiber> fibers = new LinkedHashSet<>();
    private int life;
    private long stoppedUntil;
    private long harmedUntil;

    Host(World world, String name) {
        this.world = world;
        this.name = name;
    }

    final World world() {
        return world;
    }

    final String name() {
        return name;
    }

    /** Rises each time it is killed: what an earlier life had begun is gone. */
    final int life() {
        return life;
    }

    final void runs(Fiber fiber) {
        fibers.add(fiber);
    }

    final void ends(Fiber fiber) {
        fibers.remove(fiber);
    }

    /** Every transaction of it begins with this. */
    void session(Transaction tx) {}

    /** Whether it stands still; then this is done when it goes on. */
    final boolean isStopped(Runnable later) {
        var stopped = stoppedUntil > world.now();
        if (stopped) {
            world.after(stoppedUntil - world.now(), later);
        }
        return stopped;
    }

    /** For how many milliseconds nothing has happened to it; less than 0 while it stands still. */
    final long unharmed() {
        return world.now() - harmedUntil;
    }

    /** It begins a new life. */
    final void born() {
        harmedUntil = world.now();
    }

    final void stop(long millis) {
        stoppedUntil = Math.max(stoppedUntil, world.now() + millis);
        harmedUntil = stoppedUntil;
        world.say(() -> name + " stands still for " + millis + " ms");
    }

    /** Its connections are closed, so the database rolls back what it had not committed. */
    final void kill() {
        life++;
        stoppedUntil = 0;
        harmedUntil = Long.MAX_VALUE / 2;
        world.say(() -> name + " is killed");
        List.copyOf(fibers).forEach(Fiber::die);
    }
}
