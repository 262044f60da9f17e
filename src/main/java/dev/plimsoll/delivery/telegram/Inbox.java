package dev.plimsoll.delivery.telegram;

import dev.plimsoll.account.seal.SecretBox;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * What happened in chats, in the database before Telegram hears that we know it: a restart loses none, and what comes again is
 * known for two days. Sealed, as people write what is nobody else's business; what is handled is forgotten but for its number.
 */
@Singleton
public class Inbox {
    private static final String STORE = """
            with news as (
                insert into telegram_update (bot, id, chat, sealed)
                select $1, u.id, u.chat, u.sealed
                from unnest($2::int8[], $3::text[], $4::bytea[]) as u (id, chat, sealed)
                on conflict (bot, id) do nothing
                returning chat)
            insert into telegram_turn (bot, chat)
            select distinct $1, chat
            from news
            order by chat
            on conflict (bot, chat) do update set chat = excluded.chat
            """;

    private static final String IS_FULL = """
            select exists (
                select from telegram_update where bot = $1 and sealed is not null offset $2 limit 1)
            """;

    private static final String FORGET =
            "delete from telegram_update where bot = $1 and sealed is null and at < now() - interval '2 days'";

    private static final String SETTLE = "select settle_telegram_update(%s, %s)";

    /** Beyond them Telegram keeps the rest for us, for a day. */
    private static final int MOST_WAITING = 20_000;

    private final Pool engine;
    private final SecretBox box;
    private final BotToken token;

    @Inject
    Inbox(@ReactiveDataSource("engine") Pool engine, SecretBox box, BotToken token) {
        this.engine = engine;
        this.box = box;
        this.token = token;
    }

    /** Whether so much waits that nothing more should come. */
    Uni<Boolean> isFull() {
        return engine.preparedQuery(IS_FULL)
                .execute(Tuple.of(token.bot(), MOST_WAITING))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    Uni<Void> store(List<JsonObject> updates) {
        return engine.withTransaction(tx -> store(tx, updates));
    }

    /** What is known already is left as it is. */
    Uni<Void> store(SqlConnection tx, List<JsonObject> updates) {
        return tx.preparedQuery(STORE)
                .execute(Tuple.of(
                        token.bot(),
                        updates.stream().map(UpdateJson::id).toArray(Long[]::new),
                        updates.stream()
                                .map(update -> token.nameOf(UpdateJson.chat(update)))
                                .toArray(String[]::new),
                        updates.stream().map(this::seal).toArray(Buffer[]::new)))
                .replaceWithVoid();
    }

    private Buffer seal(JsonObject update) {
        return Buffer.buffer(box.seal(name(UpdateJson.id(update)), update.encode()));
    }

    JsonObject open(long id, Buffer sealed) {
        return new JsonObject(box.open(name(id), sealed.getBytes()));
    }

    private UUID name(long id) {
        return new UUID(token.bot(), id);
    }

    /** What was handled so long ago that Telegram no longer repeats it. */
    Uni<Void> forget() {
        return engine.preparedQuery(FORGET).execute(Tuple.of(token.bot())).replaceWithVoid();
    }

    /**
     * Notes in this transaction that the update's work is done: it is done no second time, whenever the process dies.
     *
     * @param tx of any account
     * @return whether this was the first time; where not, its work is done already and must not be done again
     */
    public Uni<Boolean> settle(SqlConnection tx, Update update) {
        return tx.preparedQuery(SETTLE.formatted("$1", "$2"))
                .execute(Tuple.of(token.bot(), update.id()))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** The same with Hibernate Reactive. */
    public Uni<Boolean> settle(Mutiny.Session session, Update update) {
        return session.createNativeQuery(SETTLE.formatted(":bot", ":id"), Boolean.class)
                .setParameter("bot", token.bot())
                .setParameter("id", update.id())
                .getSingleResult();
    }
}
