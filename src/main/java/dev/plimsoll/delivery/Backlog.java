package dev.plimsoll.delivery;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What waits in the queue, for whoever watches over Plimsoll. By database time. */
@Singleton
public final class Backlog {
    private final Pool engine;

    @Inject
    Backlog(@ReactiveDataSource("engine") Pool engine) {
        this.engine = engine;
    }

    /**
     * How many deliveries are in the queue.
     *
     * @param due     to be sent now
     * @param leased  being sent
     * @param waiting for their next try, or held back
     */
    record Length(long due, long leased, long waiting) {}

    /**
     * What was written and pressed in chats.
     *
     * @param unheard since Telegram was last heard; zero where there is no bot
     * @param waiting not handled yet
     */
    record Chats(Duration unheard, long waiting) {}

    /**
     * How long the oldest urgent message has been due and nobody has tried to send it; zero where there is none. Not what
     * waits for a receiver that is failing: that is its owner's trouble, not ours.
     */
    public Uni<Duration> oldestUrgentUnsent() {
        return one("""
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
                          and c.failing_since is null""").map(row -> seconds(row, "age"));
    }

    /** How old the oldest delivery is that has not arrived; zero where there is none. Ids are in the order of their making. */
    Uni<Duration> oldestUnsent() {
        return one("""
                        select coalesce(max(extract(epoch from now() - d.created_at)), 0)::float8 as age
                        from (select delivery_id from queue order by delivery_id limit 1) oldest
                        join delivery d on d.id = oldest.delivery_id""").map(row -> seconds(row, "age"));
    }

    Uni<Length> length() {
        return one("""
                        select count(*) filter (where leased_until >= now()) as leased,
                               count(*) filter (where due_at <= now() and coalesce(leased_until < now(), true)) as due,
                               count(*) as all
                        from queue""")
                .map(row -> new Length(
                        row.getLong("due"),
                        row.getLong("leased"),
                        row.getLong("all") - row.getLong("due") - row.getLong("leased")));
    }

    Uni<Chats> chats() {
        return one("""
                        select coalesce(extract(epoch from now() - max(heard_at)), 0)::float8 as unheard,
                               (select count(*) from telegram_update where sealed is not null) as waiting
                        from telegram_bot""").map(row -> new Chats(seconds(row, "unheard"), row.getLong("waiting")));
    }

    private Uni<Row> one(String query) {
        return engine.query(query).execute().map(rows -> rows.iterator().next());
    }

    private static Duration seconds(Row row, String column) {
        return Duration.ofMillis((long) (1_000 * row.getDouble(column)));
    }
}
