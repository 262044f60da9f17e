package dev.plimsoll.simulation;

import dev.plimsoll.delivery.VirtualOutbox.Hook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Three replicas of Plimsoll on one database, their customers and receivers, through a storm of faults and the calm after
 * it. The same seed is the same story to the last millisecond.
 */
public final class Installation {
    private static final long STORM = 180_000;
    private static final long CALM = 900_000;
    private static final long SETTLED = 60_000;
    private static final int FAULT_EVERY = 9_000;

    private final World world;
    private final Store store;
    private final Market market;
    private final Street street;
    private final Referee referee;
    private final Audit audit;
    private final List<Replica> replicas = new ArrayList<>();

    private Installation(long seed, Plant plant, boolean traced) {
        world = new World(seed, traced);
        store = Store.of(world, plant);
        market = new Market(world);
        street = new Street(world);
        referee = new Referee(world);
        audit = new Audit(world, store, market, street, referee);
        furnish();
    }

    /** The story of a seed; told in words only where something is broken. */
    public static Story live(long seed, Plant plant) {
        var broken = new Installation(seed, plant, false).live();
        return broken.isEmpty() ? new Story(seed, broken, List.of()) : replay(seed, plant);
    }

    /** The same, always in words. */
    public static Story replay(long seed, Plant plant) {
        var told = new Installation(seed, plant, true);
        return new Story(seed, told.live(), told.world.trace());
    }

    private Optional<String> live() {
        try {
            storm();
            calm();
            return Optional.empty();
        } catch (Violation violation) {
            world.say(violation::getMessage);
            return Optional.of(violation.getMessage());
        }
    }

    private void furnish() {
        var tx = world.database().begin();
        for (var i = 0; i < 2; i++) {
            var account = world.database().nextId();
            for (var hook = 0; hook <= i; hook++) {
                store.outbox().channel(tx, new Hook(world.database().nextId(), account, true));
            }
            for (var rule = 0; rule < 2; rule++) {
                watch(tx, account, world.database().nextId());
            }
        }
        tx.commit();
    }

    private void watch(Transaction tx, UUID account, UUID position) {
        market.list(position);
        store.write(tx, new Watched(world.database().nextId(), account, position, 1_150, 1));
    }

    private void storm() {
        for (var i = 0; i < 3; i++) {
            var replica = new Replica(world, "replica " + (char) ('A' + i), (i - 1) * 45_000L, store.plant());
            replicas.add(replica);
            start(replica);
        }
        new Customer(world, store, referee).come();
        world.after(FAULT_EVERY, this::fault);
        heartbeat();
        world.run(STORM);
        world.calmDown();
    }

    private void start(Replica replica) {
        replica.startAnew();
        new WatchProcess(replica, store, market, referee).start(world.dice().nextInt(2_000));
        new CourierProcess(replica, store, street, referee).start(world.dice().nextInt(2_000));
        new LeaseKeeper(replica, store, referee).start(world.dice().nextInt(2_000));
    }

    private void fault() {
        if (world.isCalm()) {
            return;
        }
        var hit = replicas.get(world.dice().nextInt(replicas.size()));
        if (world.dice().nextInt(3) > 0) {
            hit.stop(world.dice().nextInt(500, 70_000));
        } else {
            hit.kill();
            var life = hit.life();
            world.after(world.dice().nextInt(500, 10_000), () -> {
                if (hit.life() == life) {
                    start(hit);
                }
            });
        }
        world.after(world.dice().nextInt(FAULT_EVERY / 4, 2 * FAULT_EVERY), this::fault);
    }

    private void heartbeat() {
        world.database().cutOffIdle();
        referee.isAwake(replicas);
        world.after(1_000, this::heartbeat);
    }

    private void calm() {
        var settled = 0L;
        while (settled < SETTLED) {
            if (world.now() > STORM + CALM) {
                audit.complain();
            }
            world.run(world.now() + 5_000);
            settled = audit.isSettled() ? settled + 5_000 : 0;
        }
        audit.close();
    }
}
