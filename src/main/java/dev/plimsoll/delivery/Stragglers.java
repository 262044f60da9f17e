package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Trouble.What;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * Ends what waits for channels that are not active, so that nobody waits for it until its next try, which may be a day
 * away: what was under way when its channel was disabled, and what waited when another URL was given and not proven.
 */
@Singleton
public final class Stragglers {
    private static final int MOST_CHANNELS = 100;

    private final Pool engine;
    private final ClosedChannels closed;
    private final FailureTelling telling;

    @Inject
    Stragglers(@ReactiveDataSource("engine") Pool engine, ClosedChannels closed, FailureTelling telling) {
        this.engine = engine;
        this.closed = closed;
        this.telling = telling;
    }

    /** Ends them, so many in a transaction, and tells it elsewhere. */
    public Uni<Void> round() {
        return Multi.createBy()
                .repeating()
                .uni(this::some)
                .whilst(ended -> ended >= ClosedChannels.MOST)
                .onItem()
                .ignoreAsUni();
    }

    /** How many, with those that are left. */
    private Uni<Integer> some() {
        return engine.withTransaction(tx -> find(tx).chain(
                                found -> closed.giveUp(tx, found, false).map(waiting -> named(found, waiting)))
                        .call(troubles -> telling.tell(tx, troubles)))
                .map(troubles -> troubles.stream().mapToInt(Trouble::count).sum());
    }

    private static Uni<List<Trouble>> find(SqlConnection tx) {
        return tx.query("""
                        select c.id, coalesce('the channel was disabled: ' || c.disabled_reason, 'the channel is not active') as why
                        from channel c
                        where c.state <> 'active'
                          and exists (
                              select from delivery d
                              join queue q on q.delivery_id = d.id
                              where d.channel_id = c.id
                                and d.state = 'pending'
                                and (q.leased_until is null or q.leased_until < now()))
                        limit\s""" + MOST_CHANNELS)
                .execute()
                .map(rows -> rows.stream()
                        .map(row ->
                                new Trouble(row.getUUID("id"), What.UNDELIVERED, row.getString("why"), List.of(), 0))
                        .toList());
    }

    private static List<Trouble> named(List<Trouble> found, List<Trouble> waiting) {
        return waiting.stream()
                .map(there -> found.stream()
                        .filter(one -> one.channel().equals(there.channel()))
                        .findFirst()
                        .map(one -> one.and(Optional.of(there)))
                        .orElse(there))
                .toList();
    }
}
