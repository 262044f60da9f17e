package dev.plimsoll.api;

import dev.plimsoll.account.seal.SecretBox;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** What POSTs with an {@code Idempotency-Key} answered in the last 24 hours, without their secrets. */
@ApplicationScoped
class IdempotencyStore {
    private final SecretBox box;

    IdempotencyStore(SecretBox box) {
        this.box = box;
    }

    /** @param path where the thing is that was made */
    record Remembered(String path, JsonObject body) {}

    /**
     * The answer to an earlier request with this key. Until the transaction ends, nobody else has the key: a second request
     * with it is refused, not kept waiting.
     */
    Uni<Optional<Remembered>> find(Mutiny.Session session, UUID account, IdempotencyKey key) {
        return session.createNativeQuery("select pg_try_advisory_xact_lock(hashtextextended(:name, 0))", Boolean.class)
                .setParameter("name", account + "/" + key.key())
                .getSingleResult()
                .invoke(IdempotencyStore::refuseIfBusy)
                .chain(() -> row(session, account, key))
                .map(row -> row.map(columns -> remembered(account, columns, key)));
    }

    private static void refuseIfBusy(boolean mine) {
        if (!mine) {
            throw Problems.conflict("A request with the same Idempotency-Key is still running. Repeat it in a second.");
        }
    }

    private static Uni<Optional<Object[]>> row(Mutiny.Session session, UUID account, IdempotencyKey key) {
        return session.createNativeQuery("""
                        select request_hash, location, body_sealed
                        from idempotency
                        where account_id = :account
                          and key = :key
                          and created_at > now() - interval '24 hours'""", Object[].class)
                .setParameter("account", account)
                .setParameter("key", key.key())
                .getSingleResultOrNull()
                .map(Optional::ofNullable);
    }

    private Remembered remembered(UUID account, Object[] columns, IdempotencyKey key) {
        if (!key.cameWith((byte[]) columns[0])) {
            throw Problems.of(
                    ProblemType.IDEMPOTENCY_KEY_REUSED,
                    "This Idempotency-Key came with another request before. Use a new key for a new request.");
        }
        return new Remembered((String) columns[1], new JsonObject(box.open(account, (byte[]) columns[2])));
    }

    /** Also forgets what is older than it need be kept. */
    Uni<Void> add(Mutiny.Session session, UUID account, IdempotencyKey key, Created made) {
        return session.createNativeQuery("""
                        delete from idempotency
                        where account_id = :account
                          and created_at <= now() - interval '24 hours'""")
                .setParameter("account", account)
                .executeUpdate()
                .chain(() -> insert(session, account, key, made));
    }

    private Uni<Void> insert(Mutiny.Session session, UUID account, IdempotencyKey key, Created made) {
        return session.createNativeQuery("""
                        insert into idempotency (account_id, key, request_hash, status, location, body_sealed)
                        values (:account, :key, :hash, 201, :location, :body)""")
                .setParameter("account", account)
                .setParameter("key", key.key())
                .setParameter("hash", key.request())
                .setParameter("location", made.path())
                .setParameter("body", box.seal(account, made.body().encode()))
                .executeUpdate()
                .replaceWithVoid();
    }
}
