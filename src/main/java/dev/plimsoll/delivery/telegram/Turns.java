package dev.plimsoll.delivery.telegram;

import dev.plimsoll.unit.Ids;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Which chat's updates are handled next, and by whom: one replica handles one chat at a time, by database time. */
@Singleton
class Turns {
    private static final String CLAIM = """
            with due as (
                select chat
                from telegram_turn
                where bot = $1 and due_at <= now()
                order by due_at
                limit 1
                for update skip locked),
            mine as (
                update telegram_turn t
                set due_at = now() + $3 * interval '1 millisecond', claim = $2
                from due
                where t.bot = $1 and t.chat = due.chat
                returning t.chat)
            select mine.chat, u.id, u.sealed, u.tries, u.settled
            from mine
            left join lateral (
                select id, sealed, tries, settled
                from telegram_update
                where bot = $1 and chat = mine.chat and sealed is not null
                order by id
                limit $4) u on true
            order by u.id
            """;

    /** And the chat is ours for another while. */
    private static final String DONE = """
            with handled as (update telegram_update set sealed = null where bot = $1 and id = $4)
            update telegram_turn
            set due_at = now() + $5 * interval '1 millisecond'
            where bot = $1 and chat = $2 and claim = $3
            """;

    private static final String FAILED = """
            with failed as (update telegram_update set tries = tries + 1 where bot = $1 and id = $4)
            update telegram_turn
            set due_at = now() + $5 * interval '1 millisecond', claim = null
            where bot = $1 and chat = $2 and claim = $3
            """;

    /** The chat stays ours, for so long. */
    private static final String KEEP = """
            update telegram_turn
            set due_at = now() + $4 * interval '1 millisecond'
            where bot = $1 and chat = $2 and claim = $3
            """;

    /** Whoever stores an update locks this row too, so what is stored meanwhile is seen after it. */
    private static final String LOCK =
            "select from telegram_turn where bot = $1 and chat = $2 and claim = $3 for update";

    private static final String END = """
            with waiting as (
                select exists (
                    select from telegram_update where bot = $1 and chat = $2 and sealed is not null) as some),
            ended as (
                delete from telegram_turn using waiting where bot = $1 and chat = $2 and claim = $3 and not waiting.some)
            update telegram_turn set due_at = now(), claim = null from waiting
            where bot = $1 and chat = $2 and claim = $3 and waiting.some
            """;

    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final int AT_ONCE = 50;

    private final Pool engine;
    private final BotToken token;

    @Inject
    Turns(@ReactiveDataSource("engine") Pool engine, BotToken token) {
        this.engine = engine;
        this.token = token;
    }

    /** @param waiting oldest first; more may wait behind them */
    record Turn(String chat, UUID claim, List<Waiting> waiting) {
        /** What is left of it behind this one. */
        Turn behind(Waiting update) {
            return new Turn(chat, claim, waiting.subList(waiting.indexOf(update) + 1, waiting.size()));
        }
    }

    /**
     * @param tries   that failed
     * @param settled what one of them did is committed
     */
    record Waiting(long id, Buffer sealed, int tries, boolean settled) {}

    /** The chat that has waited longest; empty when none is due. */
    Uni<Optional<Turn>> claim() {
        if (!token.isSet()) {
            return Uni.createFrom().item(Optional.empty());
        }
        var claim = Ids.next();
        return engine.preparedQuery(CLAIM)
                .execute(Tuple.of(token.bot(), claim, (double) LEASE.toMillis(), AT_ONCE))
                .map(rows -> turn(rows, claim));
    }

    private static Optional<Turn> turn(RowSet<Row> rows, UUID claim) {
        var waiting = new ArrayList<Waiting>();
        Optional<String> chat = Optional.empty();
        for (var row : rows) {
            chat = Optional.of(row.getString("chat"));
            Optional.ofNullable(row.getLong("id"))
                    .ifPresent(id -> waiting.add(new Waiting(
                            id,
                            row.getBuffer("sealed").getDelegate(),
                            row.getInteger("tries"),
                            row.getBoolean("settled"))));
        }
        return chat.map(name -> new Turn(name, claim, waiting));
    }

    Uni<Void> done(Turn turn, Waiting update) {
        return note(DONE, turn, update, LEASE);
    }

    /** It is tried again after this pause, and what is behind it in the chat waits too. */
    Uni<Void> failed(Turn turn, Waiting update, Duration pause) {
        return note(FAILED, turn, update, pause);
    }

    /** Nobody else handles the chat in this pause, nor for a while after it. */
    Uni<Void> keep(Turn turn, Duration pause) {
        return engine.preparedQuery(KEEP)
                .execute(Tuple.of(token.bot(), turn.chat(), turn.claim(), (double)
                        pause.plus(LEASE).toMillis()))
                .replaceWithVoid();
    }

    private Uni<Void> note(String sql, Turn turn, Waiting update, Duration pause) {
        return engine.preparedQuery(sql)
                .execute(Tuple.of(token.bot(), turn.chat(), turn.claim(), update.id(), (double) pause.toMillis()))
                .replaceWithVoid();
    }

    /** It is the chat's turn again where more waits. */
    Uni<Void> end(Turn turn) {
        return engine.withTransaction(tx -> step(tx, LOCK, turn).chain(() -> step(tx, END, turn)));
    }

    private Uni<Void> step(SqlConnection tx, String sql, Turn turn) {
        return tx.preparedQuery(sql)
                .execute(Tuple.of(token.bot(), turn.chat(), turn.claim()))
                .replaceWithVoid();
    }
}
