package dev.plimsoll.delivery;

import dev.plimsoll.delivery.FailoverRows.Late;
import dev.plimsoll.delivery.FailoverRows.Locked;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Tells one more channel of what is urgent and did not arrive in time: first those of the rule's escalation, then the
 * account's others, one after the other until one takes it. What was sent before goes on being tried.
 *
 * <p>Every replica does this, from the database alone. What somebody else is writing just now is left for the next time.
 */
@Singleton
public final class Failover {
    private static final int BATCH = 200;
    private static final Duration DATABASE_TIMEOUT = Duration.ofSeconds(10);

    private final Pool engine;
    private final FailoverRows rows;
    private final Outbox outbox;
    private final DeliveryMeters meters;

    @Inject
    Failover(@ReactiveDataSource("engine") Pool engine, FailoverRows rows, Outbox outbox, DeliveryMeters meters) {
        this.engine = engine;
        this.rows = rows;
        this.outbox = outbox;
        this.meters = meters;
    }

    /**
     * Sees to everything that is late now.
     *
     * @return how many deliveries were added
     */
    public Uni<Integer> round() {
        return Multi.createBy()
                .repeating()
                .uni(this::batch)
                .whilst(looked -> looked.notices() == BATCH)
                .map(looked -> looked.reachable().size())
                .collect()
                .with(Collectors.summingInt(Integer::intValue));
    }

    /** @param notices how many were looked at */
    private record Looked(int notices, List<Late> late) {
        List<Late> reachable() {
            return late.stream().filter(one -> one.next().isPresent()).toList();
        }
    }

    private Uni<Looked> batch() {
        return engine.withTransaction(this::together)
                .ifNoItem()
                .after(DATABASE_TIMEOUT)
                .fail()
                .invoke(looked -> meters.failedOver(looked.late()));
    }

    private Uni<Looked> together(SqlConnection tx) {
        return rows.lock(tx, BATCH)
                .map(Locked::notices)
                .chain(notices ->
                        notices.isEmpty() ? Uni.createFrom().item(new Looked(0, List.of())) : failOver(tx, notices));
    }

    private Uni<Looked> failOver(SqlConnection tx, List<UUID> notices) {
        return rows.late(tx, notices) // List<Late>
                .call(late -> rows.looked(tx, notices, late))
                .map(late -> new Looked(notices.size(), late))
                .call(looked -> add(tx, looked.reachable()));
    }

    private Uni<Void> add(SqlConnection tx, List<Late> late) {
        return late.isEmpty()
                ? Uni.createFrom().voidItem()
                : outbox.deliver(tx, late.stream().map(Late::redirected).toList())
                        .chain(() -> rows.explain(tx, late));
    }
}
