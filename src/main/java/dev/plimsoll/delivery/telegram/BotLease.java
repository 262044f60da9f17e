package dev.plimsoll.delivery.telegram;

import dev.plimsoll.unit.Ids;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Which replica asks Telegram what happened, and how far it has come: one row of each bot, by database time. */
@Singleton
class BotLease {
    /** Renewed or taken where it ran out. After a week without updates Telegram numbers them anew, so we forget where we were. */
    private static final String HOLD = """
            insert into telegram_bot as held (bot, holder, until)
            values ($1, $2, now() + make_interval(secs => $3))
            on conflict (bot) do update
            set holder = excluded.holder,
                until = excluded.until,
                next_update = case when held.heard_at > now() - interval '6 days' then held.next_update end
            where held.holder = excluded.holder or held.until <= now()
            returning coalesce(next_update, 0) as next_update
            """;

    private static final String ADVANCE = """
            update telegram_bot
            set next_update = $3, heard_at = now()
            where bot = $1 and holder = $2 and until > now()
            """;

    private static final Duration TTL = Duration.ofSeconds(20);

    private final Pool engine;
    private final BotToken token;
    private final Duration ttl;
    private final String holder = ProcessHandle.current().pid() + "-" + Ids.next();

    @Inject
    BotLease(@ReactiveDataSource("engine") Pool engine, BotToken token) {
        this(engine, token, TTL);
    }

    BotLease(Pool engine, BotToken token, Duration ttl) {
        this.engine = engine;
        this.token = token;
        this.ttl = ttl;
    }

    /** The update to ask for next, 0 for the first there is; empty while another replica asks. */
    Uni<Optional<Long>> hold() {
        return engine.preparedQuery(HOLD)
                .execute(Tuple.of(token.bot(), holder, ttl.toMillis() / 1000.0))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .findFirst()
                        .map((Row row) -> row.getLong("next_update")));
    }

    /**
     * Notes in this transaction that what is before has been stored.
     *
     * @return whether it is still ours
     */
    Uni<Boolean> advance(SqlConnection tx, long next) {
        return tx.preparedQuery(ADVANCE)
                .execute(Tuple.of(token.bot(), holder, next))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Lets another replica take over at once. */
    Uni<Void> release() {
        return engine.preparedQuery("update telegram_bot set until = '-infinity' where bot = $1 and holder = $2")
                .execute(Tuple.of(token.bot(), holder))
                .replaceWithVoid();
    }
}
