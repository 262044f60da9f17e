package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Verdicts.Verdict;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Records how attempts ended, many in one transaction: what is done leaves the queue, what failed waits for its next
 * try, what was next becomes open, and what is given up is told to the owner elsewhere.
 */
@Singleton
final class Ledger {
    private final Pool engine;
    private final LedgerRows rows;
    private final OutboxRows outbox;
    private final Receipts receipts;
    private final Threads threads;
    private final ChannelHealth health;
    private final DeliveryMeters meters;

    @Inject
    Ledger(
            @ReactiveDataSource("engine") Pool engine,
            LedgerRows rows,
            OutboxRows outbox,
            Receipts receipts,
            Threads threads,
            ChannelHealth health,
            DeliveryMeters meters) {
        this.engine = engine;
        this.rows = rows;
        this.outbox = outbox;
        this.receipts = receipts;
        this.threads = threads;
        this.health = health;
        this.meters = meters;
    }

    Uni<Void> record(List<Tried> batch) {
        return engine.withTransaction(tx -> record(tx, batch))
                .invoke(meters::count)
                .replaceWithVoid();
    }

    private Uni<List<Verdict>> record(SqlConnection tx, List<Tried> batch) {
        return rows.lockOwn(tx, batch)
                .call(own -> rows.insertAttempts(tx, batch))
                .call(own -> receipts.keep(tx, own))
                .call(own -> threads.keep(tx, own))
                .chain(own -> verdicts(tx, own)
                        .call(verdicts -> write(tx, verdicts))
                        .call(verdicts -> health.settle(tx, own, verdicts)));
    }

    private Uni<List<Verdict>> verdicts(SqlConnection tx, List<Tried> own) {
        return rows.next(tx, own).chain(next -> rows.over(tx, own).map(over -> Verdicts.of(own, next, over)));
    }

    /** The old open one leaves its place before the next one takes it: the database allows one only. */
    private Uni<Void> write(SqlConnection tx, List<Verdict> verdicts) {
        var promoted = verdicts.stream()
                .flatMap(verdict -> verdict.promoted().stream())
                .toList();
        return rows.finish(tx, verdicts)
                .chain(() -> rows.postpone(tx, verdicts))
                .chain(() -> rows.open(tx, promoted))
                .chain(() ->
                        outbox.enqueue(tx, promoted.stream().map(Next::queued).toList()));
    }
}
