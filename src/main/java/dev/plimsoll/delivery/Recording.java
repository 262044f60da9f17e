package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Tried.Unrecordable;
import dev.plimsoll.wire.Outage;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.DatabaseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Records what became of attempts, and where the database is not there or takes nothing more, tries until it does: what
 * the receiver has answered must not be forgotten, or it hears the same again. Meanwhile the slots stay taken, so that
 * little is sent that cannot be recorded, and the leases are kept where the database still lets them be.
 */
final class Recording {
    private static final Duration DATABASE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    /** A transaction for one attempt costs the database about as much as one for thirty. */
    private static final Duration GATHER = Duration.ofMillis(5);

    private static final int ENOUGH = 100;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Ledger ledger;
    private final Claims claims;
    private final Consumer<List<Tried>> afterwards;
    private final Queue<Tried> ended = new LinkedBlockingQueue<>();
    private final AtomicBoolean waiting = new AtomicBoolean();

    /** @param afterwards told of those that are recorded, or lost */
    Recording(Ledger ledger, Claims claims, Consumer<List<Tried>> afterwards) {
        this.ledger = ledger;
        this.claims = claims;
        this.afterwards = afterwards;
    }

    /** What ends while a batch is recorded is in the next one. */
    void add(Tried tried) {
        ended.add(tried);
    }

    /** All that ended and are not recorded yet, with those that end in the next moment where they are few; says how many. */
    Uni<Integer> all() {
        return Uni.createFrom()
                .deferred(() -> ended.size() >= ENOUGH
                        ? gathered()
                        : Uni.createFrom()
                                .voidItem()
                                .onItem()
                                .delayIt()
                                .by(GATHER)
                                .chain(this::gathered));
    }

    private Uni<Integer> gathered() {
        var batch = new ArrayList<Tried>();
        for (var next = ended.poll(); next != null; next = ended.poll()) {
            batch.add(next);
        }
        return batch.isEmpty()
                ? Uni.createFrom().item(0)
                : record(batch).eventually(() -> afterwards.accept(batch)).replaceWith(batch.size());
    }

    /** When many cannot be recorded together, each is recorded alone: one that is poisoned spoils no other. */
    private Uni<Void> record(List<Tried> batch) {
        return once(batch)
                .onFailure(Outage::isCause)
                .call(outage -> keep(batch, outage))
                .onFailure(Outage::isCause)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely()
                .invoke(this::works)
                .onFailure()
                .recoverWithUni(failure -> batch.size() > 1 ? each(batch) : alone(batch, failure));
    }

    private Uni<Void> once(List<Tried> batch) {
        return Uni.createFrom()
                .deferred(() -> ledger.record(batch))
                .ifNoItem()
                .after(DATABASE_TIMEOUT)
                .fail();
    }

    private Uni<Void> keep(List<Tried> batch, Throwable outage) {
        if (waiting.compareAndSet(false, true)) {
            Log.warnf(
                    "attempts cannot be recorded, kept until they can: count=%d first=%s why=%s",
                    batch.size(), batch.getFirst().claim().delivery(), reason(outage));
        }
        return claims.extend(batch)
                .ifNoItem()
                .after(DATABASE_TIMEOUT)
                .fail()
                .onFailure()
                .recoverWithUni(Uni.createFrom()::voidItem);
    }

    private void works() {
        if (waiting.compareAndSet(true, false)) {
            Log.info("attempts are recorded again");
        }
    }

    private Uni<Void> each(List<Tried> batch) {
        return Multi.createFrom()
                .iterable(batch)
                .onItem()
                .transformToUniAndConcatenate(tried -> record(List.of(tried)))
                .collect()
                .last();
    }

    /** What the database refuses for what it says is refused for ever: then only that it was tried is recorded. */
    private Uni<Void> alone(List<Tried> batch, Throwable failure) {
        var first = batch.getFirst();
        return batch.size() == 1 && Poison.isUnrecordable(failure) && !(first.ending() instanceof Unrecordable)
                ? record(List.of(Poison.unrecordable(first, failure)))
                : lost(batch, failure);
    }

    private static Uni<Void> lost(List<Tried> batch, Throwable failure) {
        Log.errorf(
                "attempts not recorded, their deliveries are sent again when their lease has run out:"
                        + " count=%d first=%s failure=%s",
                batch.size(), batch.getFirst().claim().delivery(), reason(failure));
        return Uni.createFrom().voidItem();
    }

    private static String reason(Throwable failure) {
        return failure instanceof DatabaseException sql
                ? sql.getSqlState()
                : failure.getClass().getName();
    }
}
