package dev.plimsoll.simulation;

import dev.plimsoll.delivery.Outcome;
import dev.plimsoll.delivery.VirtualCourier.Attempted;
import dev.plimsoll.delivery.VirtualCourier.Claimed;
import java.util.List;
import java.util.Optional;

/** The courier of one replica, as {@code delivery.Dispatch} runs it: claims, sends each, records them together. */
final class CourierProcess {
    private static final long EVERY = 1_500;
    private static final long CALL_AND_RECORD = 17_000;

    private final Replica replica;
    private final Store store;
    private final Street street;
    private final Referee referee;
    private final Fiber fiber;

    CourierProcess(Replica replica, Store store, Street street, Referee referee) {
        this.replica = replica;
        this.store = store;
        this.street = street;
        this.referee = referee;
        this.fiber = new Fiber(replica.world(), replica, "courier", why -> again());
    }

    void start(long after) {
        fiber.start(after, this::claim);
    }

    private Step again() {
        return fiber.pause(EVERY, this::claim);
    }

    private Step claim() {
        var free = replica.freeSlots();
        if (free == 0) {
            return again();
        }
        var before = replica.world().now();
        var claims = fiber.alone(tx -> {
            var taken = store.courier().take(tx, free);
            tx.whenCommitted(() -> taken.forEach(claim -> referee.claimed(replica, claim)));
            return taken;
        });
        return () -> {
            replica.take(claims.size());
            claims.forEach(claim -> attempt(claim, before));
            return claims.isEmpty() ? again() : this::claim;
        };
    }

    private void attempt(Claimed claim, long before) {
        var own = new Fiber(replica.world(), replica, "attempt", why -> Step.END);
        own.start(0, () -> {
            var left = before + Store.DELIVERY_LEASE - replica.world().now();
            if (left < CALL_AND_RECORD || !claim.active()) {
                return ended(claim, Optional.empty());
            }
            var call = street.send(claim);
            return own.pause(call.over() - replica.world().now(), () -> ended(claim, Optional.of(call.outcome())));
        });
    }

    private Step ended(Claimed claim, Optional<Outcome> outcome) {
        replica.tried().add(new Attempted(claim, outcome));
        if (replica.mayRecord()) {
            record(replica.startRecording());
        }
        return Step.END;
    }

    private void record(List<Attempted> batch) {
        var own = new Fiber(replica.world(), replica, "ledger", why -> {
            referee.refused(why);
            return recorded(batch);
        });
        own.start(0, () -> {
            own.begin();
            return store.courier()
                    .record(own.tx(), batch, done -> referee.records(own.tx(), replica, done), () -> () -> {
                        own.commit();
                        return () -> recorded(batch);
                    });
        });
    }

    private Step recorded(List<Attempted> batch) {
        replica.leave(batch.size());
        replica.endRecording();
        if (replica.mayRecord()) {
            record(replica.startRecording());
        }
        return Step.END;
    }
}
