package dev.plimsoll.delivery;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Messages that went on from the one with which an alert began in a chat, once all that they told is over. */
@Singleton
public final class SpentReplies {
    private static final String NEXT = """
            select d.message_id, array_agg(d.body order by d.id) as bodies
            from delivery d
            join alert g on g.id = d.alert_id
            join notice n on n.id = d.notice_id
            where d.channel_id = $1
              and d.message_id in (
                  select message_id
                  from delivery
                  where channel_id = $1
                    and alert_id = any ($2)
                    and message_id is not null
                    and not spent)
              and not exists (
                  select from thread t where t.channel_id = d.channel_id and t.message_id = d.message_id)
            group by d.message_id
            having bool_and(g.resolved_at is not null) and bool_or(n.type <> 'alert.resolved')
            order by d.message_id desc
            limit 1""";

    private static final String SPENT = "update delivery set spent = true where channel_id = $1 and message_id = $2";

    private final Pool engine;

    @Inject
    SpentReplies(@ReactiveDataSource("engine") Pool engine) {
        this.engine = engine;
    }

    /** @param bodies of all that it told, as they were frozen */
    public record Reply(long message, List<String> bodies) {
        public Reply {
            bodies = List.copyOf(bodies);
        }
    }

    /** The latest to any of its alerts that is over, of those that still have their buttons. */
    public Uni<Optional<Reply>> next(StaleThread thread) {
        var over = thread.lines().stream()
                .filter(line -> !line.state().isFiring())
                .map(StaleThread.Line::alert)
                .toArray(UUID[]::new);
        return over.length == 0
                ? Uni.createFrom().item(Optional.empty())
                : engine.preparedQuery(NEXT)
                        .execute(Tuple.of(thread.to().channel(), over))
                        .map(rows -> rows.stream().findFirst().map(SpentReplies::reply));
    }

    private static Reply reply(Row row) {
        return new Reply(row.getLong("message_id"), List.of(row.getArrayOfStrings("bodies")));
    }

    /** Its buttons are gone. */
    public Uni<Void> spent(StaleThread thread, Reply reply) {
        return engine.preparedQuery(SPENT)
                .execute(Tuple.of(thread.to().channel(), reply.message()))
                .replaceWithVoid();
    }
}
