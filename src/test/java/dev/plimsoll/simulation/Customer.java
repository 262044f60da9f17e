package dev.plimsoll.simulation;

import dev.plimsoll.alert.Acting;
import dev.plimsoll.alert.Alert;
import dev.plimsoll.alert.AlertState.Phase;
import dev.plimsoll.delivery.Notice;
import dev.plimsoll.delivery.VirtualOutbox.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What users do meanwhile, over the API: each in a transaction of its own, some of them slow. */
final class Customer {
    private static final int EVERY = 2_500;
    private static final int SLOWEST = 8_000;

    private final World world;
    private final Host host;
    private final Store store;
    private final Referee referee;

    Customer(World world, Store store, Referee referee) {
        this.world = world;
        this.host = new Host(world, "api");
        this.store = store;
        this.referee = referee;
    }

    void come() {
        if (!world.isCalm()) {
            world.after(world.dice().nextInt(2 * EVERY), () -> {
                act();
                come();
            });
        }
    }

    private void act() {
        var fiber = new Fiber(world, host, "customer", why -> {
            referee.refused(why);
            return Step.END;
        });
        switch (world.dice().nextInt(4)) {
            case 0, 1 -> any(store.rules().committed()).ifPresent(rule -> edit(fiber, rule));
            case 2 ->
                any(store.alerts().committed().stream()
                                .filter(alert -> alert.state().phase() == Phase.FIRING)
                                .toList())
                        .ifPresent(alert -> acknowledge(fiber, alert));
            default ->
                any(store.outbox().committedDeliveries().stream()
                                .filter(row ->
                                        row.slot().isEmpty() && row.channel().isPresent())
                                .toList())
                        .ifPresent(row -> redeliver(fiber, row));
        }
    }

    private <T> Optional<T> any(List<T> list) {
        return list.isEmpty()
                ? Optional.empty()
                : Optional.of(list.get(world.dice().nextInt(list.size())));
    }

    private void edit(Fiber fiber, Watched rule) {
        fiber.start(0, () -> {
            fiber.begin();
            return () -> {
                fiber.tx().lock(store.rules(), rule.rule());
                var edited = store.rules()
                        .find(fiber.tx(), rule.rule())
                        .orElseThrow()
                        .edited(world.dice().nextInt(1_080, 1_250));
                store.write(fiber.tx(), edited);
                world.say(() -> "a customer sets rule %d to %d in transaction %d"
                        .formatted(
                                rule.rule().getLeastSignificantBits(),
                                edited.limit(),
                                fiber.tx().xid()));
                return fiber.pause(slowness(), () -> end(fiber));
            };
        });
    }

    private Step end(Fiber fiber) {
        var xid = fiber.tx().xid();
        fiber.commit();
        world.say(() -> "transaction " + xid + " is committed");
        return Step.END;
    }

    private long slowness() {
        return world.dice().nextInt(3) == 0 ? world.dice().nextInt(SLOWEST) : 0;
    }

    private void acknowledge(Fiber fiber, Alert seen) {
        fiber.start(0, () -> {
            fiber.begin();
            return () -> store.alerts()
                    .lock(fiber.tx(), seen.id())
                    .filter(alert -> alert.state().phase() == Phase.FIRING)
                    .map(alert -> acknowledged(fiber, alert))
                    .orElseGet(() -> () -> end(fiber));
        });
    }

    private Step acknowledged(Fiber fiber, Alert alert) {
        var acted = Acting.acknowledged(alert, Instant.ofEpochMilli(world.now()));
        store.alerts().act(fiber.tx(), acted);
        store.changes().record(fiber.tx(), "alert", alert.id());
        referee.acts(fiber.tx(), alert.id());
        var notice = new Notice(
                world.database().nextId(),
                alert.account(),
                Optional.of(alert.id()),
                Optional.of(acted.state().sequence()),
                "alert.acknowledged",
                alert.state().severity(),
                Instant.ofEpochMilli(world.now()),
                Optional.empty(),
                "{}",
                "acknowledged");
        return store.outbox().put(fiber.tx(), List.of(notice), () -> () -> end(fiber));
    }

    private void redeliver(Fiber fiber, Delivery row) {
        fiber.start(0, () -> {
            fiber.begin();
            return () -> {
                if (store.outbox().redeliver(fiber.tx(), row.id())) {
                    fiber.tx().whenCommitted(() -> referee.redelivers(row));
                }
                return () -> end(fiber);
            };
        });
    }
}
