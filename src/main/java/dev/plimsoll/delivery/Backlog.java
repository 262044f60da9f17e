package dev.plimsoll.delivery;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What waits in the queue, for whoever watches over Plimsoll. */
@Singleton
public final class Backlog {
    private final Pool engine;

    @Inject
    Backlog(@ReactiveDataSource("engine") Pool engine) {
        this.engine = engine;
    }

    /**
     * How long the oldest urgent message has been due and nobody has tried to send it; zero where there is none. Not what
     * waits for a receiver that is failing: that is its owner's trouble, not ours. By database time.
     */
    public Uni<Duration> oldestUrgentUnsent() {
        return engine.query("""
                        select coalesce(extract(epoch from now() - min(q.due_at)), 0)::float8 as age
                        from queue q
                        join channel c on c.id = q.channel_id
                        join delivery d on d.id = q.delivery_id
                        join notice n on n.id = d.notice_id
                        where n.fails_over
                          and q.attempt = 0
                          and q.due_at <= now()
                          and (q.leased_until is null or q.leased_until < now())
                          and c.state = 'active'
                          and c.failing_since is null""")
                .execute()
                .map(rows ->
                        Duration.ofMillis((long) (1_000 * rows.iterator().next().getDouble("age"))));
    }
}
