package dev.plimsoll.delivery;

import dev.plimsoll.account.seal.SecretBox;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The pinned messages that say how all positions of an account stand: one a channel, kept in the database, so that any replica
 * goes on with it. By database time.
 */
@Singleton
public final class Gauges {
    private static final String BEGIN = """
            insert into gauge (channel_id, account_id)
            select c.id, c.account_id
            from channel c
            where c.kind = $1 and c.state = 'active' and c.buddy is null
              and not exists (select from gauge g where g.channel_id = c.id)
            limit $2
            on conflict do nothing
            """;

    /** The replica that takes one is the only one to look at it for a minute. */
    private static final String TAKE = """
            with due as (
                select g.channel_id, c.state = 'active' as active
                from gauge g
                join channel c on c.id = g.channel_id
                where g.due_at <= now()
                order by g.due_at
                limit $1
                for update of g skip locked),
            taken as (
                update gauge g
                -- what is switched off is not in the way of the others
                set due_at = now() + case when due.active then interval '1 minute' else interval '1 hour' end
                from due
                where g.channel_id = due.channel_id
                returning g.*, due.active)
            select t.message_id, t.figures, extract(epoch from least(now() - t.said_at, interval '1 year'))::float8 as age,
                   t.account_id, %s
            from taken t
            join channel c on c.id = t.channel_id
            join account a on a.id = t.account_id
            where t.active
            """.formatted(ClaimRow.TARGET);

    private static final String SAID = """
            update gauge
            set message_id = $2,
                figures = $3,
                said_at = now(),
                due_at = now() + $4 * interval '1 millisecond'
            where channel_id = $1
            """;

    private static final String LOOK_AGAIN =
            "update gauge set due_at = now() + $2 * interval '1 millisecond' where channel_id = $1";

    private static final String LOST = "update gauge set message_id = null, figures = null where channel_id = $1";

    private final Pool engine;
    private final SecretBox box;

    @Inject
    Gauges(@ReactiveDataSource("engine") Pool engine, SecretBox box) {
        this.engine = engine;
        this.box = box;
    }

    /**
     * One to look at.
     *
     * @param message empty until it is sent
     * @param figures what it says beside the time
     * @param age     since it last said how things stand
     */
    public record Due(Receiver to, Optional<Long> message, Optional<String> figures, Duration age) {}

    /** One for each active channel of this kind that has none and leads to its owner, at most so many. */
    public Uni<Void> begin(String kind, int most) {
        return engine.preparedQuery(BEGIN).execute(Tuple.of(kind, most)).replaceWithVoid();
    }

    /** Those that are due, at most so many, whoever was looked at longest ago first. */
    public Uni<List<Due>> take(int most) {
        return engine.preparedQuery(TAKE)
                .execute(Tuple.of(most))
                .map(rows -> rows.stream().map(this::due).toList());
    }

    private Due due(Row row) {
        return new Due(
                ClaimRow.receiver(row, box),
                Optional.ofNullable(row.getLong("message_id")),
                Optional.ofNullable(row.getString("figures")),
                Duration.ofSeconds(row.getDouble("age").longValue()));
    }

    /** It says this now. @param next when it is looked at again */
    public Uni<Void> said(Due gauge, long message, String figures, Duration next) {
        return engine.preparedQuery(SAID)
                .execute(Tuple.of(gauge.to().channel(), message, figures, (double) next.toMillis()))
                .replaceWithVoid();
    }

    public Uni<Void> lookAgain(Due gauge, Duration pause) {
        return engine.preparedQuery(LOOK_AGAIN)
                .execute(Tuple.of(gauge.to().channel(), (double) pause.toMillis()))
                .replaceWithVoid();
    }

    /** Which one it is in the chat of this channel; empty where there is none. */
    public Uni<Optional<Long>> message(UUID channel) {
        return engine.preparedQuery("select message_id from gauge where channel_id = $1")
                .execute(Tuple.of(channel))
                .map(rows -> rows.stream().findFirst().map(row -> row.getLong("message_id")));
    }

    /** It was deleted over there: the next look sends it anew. */
    public Uni<Void> lost(Due gauge) {
        return engine.preparedQuery(LOST)
                .execute(Tuple.of(gauge.to().channel()))
                .replaceWithVoid();
    }
}
