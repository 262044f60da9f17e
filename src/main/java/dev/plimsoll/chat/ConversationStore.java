package dev.plimsoll.chat;

import dev.plimsoll.chat.ChatLink.Hashes;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Where people are in conversations of several steps, so that any replica goes on and a restart forgets none. One for each
 * person in a chat; it ends by itself, by database time.
 */
@ApplicationScoped
public class ConversationStore {
    static final Duration LASTS = Duration.ofMinutes(15);

    private static final String FIND = """
            select id, state
            from conversation
            where chat_hash = $1
              and person_hash = $2
              and expires_at > now()
            """;

    /** Of those that are over some go with each. */
    private static final String PUT = """
            with over as (
                delete from conversation
                where id in (
                    select id
                    from conversation
                    where expires_at <= now()
                      and (chat_hash, person_hash) <> ($1, $2)
                    limit 100
                    for update skip locked))
            insert into conversation (chat_hash, person_hash, id, state, expires_at)
            values ($1, $2, $3, $4, now() + make_interval(secs => $5))
            on conflict (chat_hash, person_hash) do update
            set id = excluded.id,
                state = excluded.state,
                expires_at = excluded.expires_at
            """;

    private static final String END = """
            delete from conversation
            where chat_hash = $1
              and person_hash = $2
            """;

    private final Pool engine;

    ConversationStore(@ReactiveDataSource("engine") Pool engine) {
        this.engine = engine;
    }

    Uni<Optional<Talk>> find(Hashes who) {
        return engine.preparedQuery(FIND)
                .execute(Tuple.of(Buffer.buffer(who.chat()), Buffer.buffer(who.person())))
                .map(rows -> rows.stream()
                        .findFirst()
                        .flatMap(row -> TalkJson.read(row.getUUID("id"), row.getJsonObject("state"))));
    }

    /** In the place of what they talked about before. */
    Uni<Void> put(Hashes who, Talk talk) {
        return engine.preparedQuery(PUT)
                .execute(Tuple.of(
                        Buffer.buffer(who.chat()),
                        Buffer.buffer(who.person()),
                        talk.id(),
                        TalkJson.write(talk),
                        (double) LASTS.toSeconds()))
                .replaceWithVoid();
    }

    Uni<Void> end(Hashes who) {
        return engine.preparedQuery(END)
                .execute(Tuple.of(Buffer.buffer(who.chat()), Buffer.buffer(who.person())))
                .replaceWithVoid();
    }

    /** False where it is over: what it comes to was done, or never will be. In a transaction of an account. */
    Uni<Boolean> end(Mutiny.Session session, UUID conversation) {
        return session.createNativeQuery("select end_conversation(:id)", Boolean.class)
                .setParameter("id", conversation)
                .getSingleResult();
    }
}
