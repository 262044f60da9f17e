package dev.plimsoll.simulation;

import dev.plimsoll.alert.AlertWrite;
import dev.plimsoll.alert.Life;
import dev.plimsoll.alert.Transition;
import dev.plimsoll.delivery.Notice;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** The ticks of one replica, one after the other, as {@code pipeline.Watch} runs them. */
final class WatchProcess {
    private static final long EVERY = 5_000;
    private static final int CHUNK = 2;

    private final Replica replica;
    private final Store store;
    private final Market market;
    private final Referee referee;
    private final Fiber fiber;

    WatchProcess(Replica replica, Store store, Market market, Referee referee) {
        this.replica = replica;
        this.store = store;
        this.market = market;
        this.referee = referee;
        this.fiber = new Fiber(replica.world(), replica, "watch", why -> over());
    }

    void start(long after) {
        fiber.start(after, this::tick);
    }

    private Step over() {
        return fiber.pause(EVERY, this::tick);
    }

    private Step tick() {
        var held = fiber.alone(tx -> {
            var epoch = store.lease().hold(tx, replica.holder(), replica.ownClock());
            referee.holds(tx, replica, epoch);
            return epoch;
        });
        return follow(() -> held.isPresent() ? recall(held.getAsLong()) : over());
    }

    private Step follow(Supplier<Step> then) {
        return replica.horizon().isPresent() ? readOn(then) : load(then);
    }

    private Step load(Supplier<Step> then) {
        return () -> {
            var start = fiber.alone(tx -> store.changes().horizon());
            return () -> {
                var all = fiber.alone(tx -> store.rules().rows(tx, row -> true));
                all.forEach(rule -> replica.book().put(rule.rule(), rule));
                all.forEach(rule -> replica.memory().watch(rule.account(), rule.rule(), rule.position()));
                replica.horizon(start);
                return then.get();
            };
        };
    }

    private Step readOn(Supplier<Step> then) {
        return () -> {
            var committed = store.rules().committed();
            var changes = fiber.alone(
                    tx -> store.changes().since(tx, replica.horizon().orElseThrow()));
            return () -> {
                var edited = fiber.alone(tx ->
                        store.rules().rows(tx, row -> changes.of("rule").contains(row.rule())));
                edited.forEach(rule -> replica.book().put(rule.rule(), rule));
                return () -> {
                    var acted = fiber.alone(tx -> store.alerts().byIds(tx, changes.of("alert")));
                    acted.forEach(replica.memory()::learn);
                    replica.horizon(changes.next());
                    referee.followed(replica, committed);
                    return then.get();
                };
            };
        };
    }

    private Step recall(long epoch) {
        return () -> {
            if (replica.memory().isOf(epoch)) {
                var doubtful = replica.memory().doubtful();
                replica.memory()
                        .settleDoubts(doubtful, fiber.alone(tx -> store.alerts().byKeys(tx, doubtful)));
            } else {
                replica.memory().begin(epoch, fiber.alone(store.alerts()::latest));
            }
            return judge(epoch);
        };
    }

    private Step judge(long epoch) {
        var at = Instant.ofEpochMilli(replica.world().now());
        var writes = replica.book().values().stream()
                .sorted(Comparator.comparing(Watched::rule))
                .flatMap(rule -> decide(rule, at).stream())
                .toList();
        return commit(epoch, writes);
    }

    private Optional<AlertWrite> decide(Watched rule, Instant at) {
        var before = replica.memory().of(rule.key());
        var state = replica.memory().state(rule.key());
        var step = Life.next(state, rule.seen(market.healthFactor(rule.position()), at));
        if (step.state().equals(state)) {
            return Optional.empty();
        }
        var write = AlertWrite.of(rule.account(), rule.key(), before, step, "{}");
        var id = write.seen().isPresent()
                ? write.id()
                : replica.world().database().nextId();
        return Optional.of(new AlertWrite(
                id,
                write.account(),
                write.key(),
                write.seen(),
                step,
                "{}",
                write.life(),
                write.hush(),
                Optional.empty()));
    }

    private Step commit(long epoch, List<AlertWrite> writes) {
        if (writes.isEmpty()) {
            return finish(epoch);
        }
        var chunk = writes.subList(0, Math.min(CHUNK, writes.size()));
        var rest = List.copyOf(writes.subList(chunk.size(), writes.size()));
        return guarded(epoch, tx -> write(epoch, List.copyOf(chunk), rest));
    }

    /** Begins a transaction and locks the lease. */
    private Step guarded(long epoch, Function<Transaction, Step> work) {
        return () -> {
            fiber.begin();
            return () -> {
                store.lease().lock(fiber.tx(), replica.holder(), epoch);
                return work.apply(fiber.tx());
            };
        };
    }

    private Step write(long epoch, List<AlertWrite> chunk, List<AlertWrite> rest) {
        return () -> {
            if (store.plant() != Plant.UNANSWERED_IS_BELIEVED_LOST) {
                replica.memory().doubt(chunk);
            }
            var won = store.alerts().write(fiber.tx(), chunk);
            return store.outbox().put(fiber.tx(), notices(chunk, won), () -> () -> {
                referee.judges(fiber.tx(), replica, epoch);
                referee.writes(fiber.tx(), won);
                fiber.commit();
                return () -> {
                    replica.memory().remember(chunk, won);
                    chunk.stream().filter(write -> won.contains(write.id())).forEach(this::say);
                    return commit(epoch, rest);
                };
            });
        };
    }

    private void say(AlertWrite write) {
        replica.world()
                .say(() -> "%s: alert %d is %s"
                        .formatted(
                                replica.name(),
                                write.id().getLeastSignificantBits(),
                                write.transitions().stream()
                                        .map(it -> it.sequence() + " " + it.type())
                                        .toList()));
    }

    private List<Notice> notices(List<AlertWrite> writes, Set<UUID> won) {
        return writes.stream()
                .filter(write -> won.contains(write.id()))
                .flatMap(write ->
                        write.transitions().stream().filter(Transition::isTold).map(step -> notice(write, step)))
                .toList();
    }

    private Notice notice(AlertWrite write, Transition step) {
        return new Notice(
                replica.world().database().nextId(),
                write.account(),
                Optional.of(write.id()),
                Optional.of(step.sequence()),
                step.type(),
                step.severity(),
                step.at(),
                Optional.empty(),
                "{}",
                step.type());
    }

    private Step finish(long epoch) {
        return guarded(epoch, tx -> () -> {
            referee.judges(tx, replica, epoch);
            tx.whenCommitted(() -> referee.judged(replica, store.alerts().committed()));
            fiber.commit();
            return over();
        });
    }
}
