package dev.plimsoll.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Time, chance, and who is next. Everything happens in one thread, in an order that the seed decides. */
final class World {
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final SplittableRandom dice;
    private final boolean traced;
    private final List<String> trace = new ArrayList<>();
    private final Map<Transaction, Fiber> owners = new HashMap<>();
    private final VirtualDatabase database = new VirtualDatabase(this::now);
    private long now;
    private long happened;
    private boolean calm;

    private record Event(long at, long order, Runnable action) {}

    World(long seed, boolean traced) {
        this.dice = new SplittableRandom(seed);
        this.traced = traced;
    }

    /** Milliseconds of true time, which is the database's. */
    long now() {
        return now;
    }

    VirtualDatabase database() {
        return database;
    }

    SplittableRandom dice() {
        return dice;
    }

    /** So many times in a thousand; never once it is calm. */
    boolean strikes(int perMille) {
        return !calm && dice.nextInt(1_000) < perMille;
    }

    boolean isCalm() {
        return calm;
    }

    void calmDown() {
        calm = true;
        say(() -> "-- from here on nothing goes wrong any more");
    }

    void after(long millis, Runnable action) {
        events.add(new Event(now + millis, happened++, action));
    }

    void run(long until) {
        while (!events.isEmpty() && events.peek().at() <= until) {
            var event = events.poll();
            now = event.at();
            event.action().run();
        }
        now = until;
    }

    void owns(Fiber fiber, Transaction tx) {
        owners.put(tx, fiber);
        tx.whenOver(() -> owners.remove(tx));
    }

    /** Whether somebody waits, however indirectly, for who waits for this transaction. */
    boolean isDeadlock(Fiber waiting, Transaction holder) {
        var next = owners.get(holder);
        while (next != null && next != waiting) {
            next = next.waitsFor().map(owners::get).orElse(null);
        }
        return next == waiting;
    }

    void say(Supplier<String> line) {
        if (traced) {
            trace.add("%9.3f  %s".formatted(now / 1_000.0, line.get()));
        }
    }

    List<String> trace() {
        return List.copyOf(trace);
    }
}
