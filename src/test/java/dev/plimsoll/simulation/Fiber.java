package dev.plimsoll.simulation;

import java.util.Optional;
import java.util.function.Function;

/** One thread of doing, of a process or of a user: statement after statement, and what hits it in between. */
final class Fiber {
    private static final int CUTS = 4;
    private static final int SLOW = 30;

    private final World world;
    private final Host host;
    private final int life;
    private final String name;
    private final Function<Refused, Step> refused;
    private Step next;
    private Optional<Transaction> tx = Optional.empty();
    private Optional<Transaction> waitsFor = Optional.empty();
    private long pause;

    /** @param refused what is done when the database refuses a statement, whose transaction is rolled back then */
    Fiber(World world, Host host, String name, Function<Refused, Step> refused) {
        this.world = world;
        this.host = host;
        this.life = host.life();
        this.name = name;
        this.refused = refused;
        this.next = Step.END;
        host.runs(this);
    }

    void start(long after, Step first) {
        next = first;
        world.after(after, this::run);
    }

    Optional<Transaction> waitsFor() {
        return waitsFor;
    }

    /** Before the next step, besides what a statement takes anyway. */
    Step pause(long millis, Step step) {
        pause = millis;
        return step;
    }

    Transaction begin() {
        var begun = world.database().begin();
        tx = Optional.of(begun);
        host.session(begun);
        world.owns(this, begun);
        return begun;
    }

    Transaction tx() {
        return tx.orElseThrow();
    }

    /** Whether it came through is not always heard. */
    void commit() {
        var committing = tx();
        var cut = world.strikes(CUTS);
        if (cut && world.dice().nextBoolean()) {
            committing.rollback();
        } else {
            committing.commit();
        }
        tx = Optional.empty();
        if (cut) {
            throw new Refused(Refused.Why.CUT, "at its commit");
        }
    }

    /** A statement that is a transaction of its own. */
    <T> T alone(Function<Transaction, T> statement) {
        var result = statement.apply(tx.orElseGet(this::begin));
        commit();
        return result;
    }

    /** Its process is gone. */
    void die() {
        tx.filter(it -> !it.isOver()).ifPresent(Transaction::rollback);
        host.ends(this);
    }

    private void run() {
        if (host.life() != life) {
            return;
        }
        if (waitsFor.isEmpty() && host.isStopped(this::run)) {
            return;
        }
        waitsFor = Optional.empty();
        next = step();
        if (next == Step.END) {
            host.ends(this);
        } else if (waitsFor.isEmpty()) {
            world.after(delay(), this::run);
        }
    }

    private Step step() {
        try {
            if (tx.isPresent() && tx.get().isOver()) {
                throw new Refused(Refused.Why.IDLE, "inside its transaction");
            }
            if (tx.isPresent() && world.strikes(CUTS / 2)) {
                throw new Refused(Refused.Why.CUT, "inside its transaction");
            }
            var after = next.run();
            tx.ifPresent(open -> open.touch(false));
            return after;
        } catch (Waits waits) {
            return await(waits.holder());
        } catch (Refused why) {
            return recover(why);
        }
    }

    private Step await(Transaction holder) {
        if (world.isDeadlock(this, holder)) {
            return recover(new Refused(Refused.Why.DEADLOCK, name));
        }
        tx.ifPresent(open -> open.touch(true));
        waitsFor = Optional.of(holder);
        holder.whenOver(() -> world.after(1, this::run));
        return next;
    }

    private Step recover(Refused why) {
        world.say(() -> "%s %s: %s".formatted(host.name(), name, why.getMessage()));
        tx.filter(it -> !it.isOver()).ifPresent(Transaction::rollback);
        tx = Optional.empty();
        return refused.apply(why);
    }

    private long delay() {
        var wanted = pause;
        pause = 0;
        var own = world.strikes(SLOW)
                ? world.dice().nextInt(20, 4_000)
                : world.dice().nextInt(1, 20);
        return wanted + own;
    }
}
