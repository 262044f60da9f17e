package dev.plimsoll.simulation;

import dev.plimsoll.delivery.VirtualCourier.Attempted;
import dev.plimsoll.pipeline.Recollection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/** One process of Plimsoll, watch and courier. What it knows is gone when it is killed. */
final class Replica extends Host {
    static final int SLOTS = 6;
    private static final long IDLE_LIMIT = 15_000;

    private final long skew;
    private final Plant plant;
    private Recollection memory = new Recollection();
    private Map<UUID, Watched> book = new HashMap<>();
    private OptionalLong horizon = OptionalLong.empty();
    private List<Attempted> tried = new ArrayList<>();
    private int busy;
    private int recording;

    /** @param skew by how many milliseconds its clock is ahead of the database's */
    Replica(World world, String name, long skew, Plant plant) {
        super(world, name);
        this.plant = plant;
        this.skew = skew;
    }

    void startAnew() {
        born();
        memory = new Recollection();
        book = new HashMap<>();
        horizon = OptionalLong.empty();
        tried = new ArrayList<>();
        busy = 0;
        recording = 0;
        world().say(() -> name() + " starts");
    }

    @Override
    void session(Transaction tx) {
        if (plant != Plant.IDLE_KEEPS_ITS_LOCKS) {
            tx.idleLimit(IDLE_LIMIT);
        }
    }

    /** Another one after each start. */
    String holder() {
        return name() + "-" + life();
    }

    long ownClock() {
        return world().now() + skew;
    }

    Recollection memory() {
        return memory;
    }

    Map<UUID, Watched> book() {
        return book;
    }

    OptionalLong horizon() {
        return horizon;
    }

    void horizon(long newer) {
        horizon = OptionalLong.of(newer);
    }

    int freeSlots() {
        return SLOTS - busy;
    }

    void take(int slots) {
        busy += slots;
    }

    void leave(int slots) {
        busy -= slots;
    }

    List<Attempted> tried() {
        return tried;
    }

    /** All that waits to be recorded, and one more transaction that does it. */
    List<Attempted> startRecording() {
        var batch = List.copyOf(tried);
        tried.clear();
        recording++;
        return batch;
    }

    void endRecording() {
        recording--;
    }

    boolean mayRecord() {
        return recording < 2 && !tried.isEmpty();
    }
}
