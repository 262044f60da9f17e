package dev.plimsoll.chat;

import dev.plimsoll.account.seal.KeyedHash;
import dev.plimsoll.chat.ChatLink.Hashes;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Which chats are linked to which accounts. Found before an account is known, so by the engine's role. */
@ApplicationScoped
public class ChatLinkStore {
    private static final String OF_CHAT = """
            select l.account_id, l.channel_id, l.topic, l.owner_hash, c.buddy is not null as buddy, a.suspended_because
            from chat_link l
            join channel c on c.id = l.channel_id
            join account a on a.id = l.account_id
            where l.chat_hash = $1
              -- a buddy who left, or blocked us, has nothing to do with that account any more
              and (c.buddy is null or c.state = 'active')
            order by l.channel_id
            """;

    /** A buddy who left may be asked again, with another channel. */
    private static final String FORGET_LEFT = """
            delete from chat_link l
            using channel c
            where c.id = l.channel_id
              and c.buddy is not null
              and c.state = 'disabled'
              and l.channel_id <> $1
              and l.account_id = $2
              and l.chat_hash = $3
              and l.topic = $4
            """;

    private static final String ADD = """
            insert into chat_link (channel_id, account_id, chat_hash, topic, owner_hash)
            values ($1, $2, $3, $4, $5)
            on conflict (channel_id) do update
            set chat_hash = excluded.chat_hash,
                topic = excluded.topic,
                owner_hash = excluded.owner_hash,
                created_at = now()
            """;

    private static final String MOVE = """
            update chat_link l
            set chat_hash = $2
            where chat_hash = $1
              -- not where somebody linked the new one already
              and not exists (
                  select from chat_link o
                  where o.chat_hash = $2 and o.topic = l.topic and o.account_id = l.account_id)
            returning account_id, channel_id, topic, owner_hash, false as buddy, null::text as suspended_because
            """;

    private final Pool engine;
    private final KeyedHash hash;

    ChatLinkStore(@ReactiveDataSource("engine") Pool engine, KeyedHash hash) {
        this.engine = engine;
        this.hash = hash;
    }

    Uni<Hashes> hashes(long chat, long person) {
        return chat(chat)
                .chain(there -> hash.of("person", Long.toString(person)).map(who -> new Hashes(there, who)));
    }

    Uni<List<ChatLink>> of(Hashes where) {
        return engine.preparedQuery(OF_CHAT)
                .execute(Tuple.of(Buffer.buffer(where.chat())))
                .map(rows -> rows.stream().map(ChatLinkStore::link).toList());
    }

    /** @param tx of the account */
    Uni<Void> add(SqlConnection tx, ChatLink link, Hashes where) {
        return tx.preparedQuery(FORGET_LEFT)
                .execute(Tuple.of(link.channel(), link.account(), Buffer.buffer(where.chat()), link.topic()))
                .chain(() -> tx.preparedQuery(ADD)
                        .execute(Tuple.of(
                                link.channel(),
                                link.account(),
                                Buffer.buffer(where.chat()),
                                link.topic(),
                                Buffer.buffer(link.owner()))))
                .replaceWithVoid();
    }

    /** In a transaction of the account that the caller began. */
    Uni<Void> add(Mutiny.Session session, ChatLink link, Hashes where) {
        return session.createNativeQuery("""
                        insert into chat_link (channel_id, account_id, chat_hash, topic, owner_hash)
                        values (:channel, :account, :chat, :topic, :owner)""")
                .setParameter("channel", link.channel())
                .setParameter("account", link.account())
                .setParameter("chat", where.chat())
                .setParameter("topic", link.topic())
                .setParameter("owner", link.owner())
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Telegram gave the chat another id: a group that became a supergroup. Those that were moved. */
    Uni<List<ChatLink>> move(long from, long to) {
        return chat(from)
                .chain(before -> chat(to).chain(after ->
                        engine.preparedQuery(MOVE).execute(Tuple.of(Buffer.buffer(before), Buffer.buffer(after)))))
                .map(rows -> rows.stream().map(ChatLinkStore::link).toList());
    }

    private Uni<byte[]> chat(long chat) {
        return hash.of("chat", Long.toString(chat));
    }

    private static ChatLink link(Row row) {
        UUID account = row.getUUID("account_id");
        return new ChatLink(
                account,
                row.getUUID("channel_id"),
                row.getLong("topic"),
                row.getBuffer("owner_hash").getBytes(),
                row.getBoolean("buddy"),
                Optional.ofNullable(row.getString("suspended_because")));
    }
}
