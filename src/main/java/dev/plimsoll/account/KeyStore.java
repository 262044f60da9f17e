package dev.plimsoll.account;

import dev.plimsoll.unit.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;

/** The API keys of one account at a time, and the way from a secret to its account. */
@ApplicationScoped
public class KeyStore {
    private static final String ADD = """
            insert into api_key (id, account_id, name, scope, hash, hint)
            select $1, $2, $3, $4, $5, $6
            where (select count(*) from api_key where account_id = $2) < $7
            """;

    private final Tenant tenant;
    private final Pool pool;
    private final Waiting waiting;
    private final OwnedRows<ApiKeyRow, ApiKey> rows;
    private final int quota;

    KeyStore(Tenant tenant, Pool pool, Waiting waiting, AccountConfig config) {
        this.tenant = tenant;
        this.pool = pool;
        this.waiting = waiting;
        this.rows = new OwnedRows<>(tenant, ApiKeyRow.class, config.keysPerAccount());
        this.quota = config.keysPerAccount();
    }

    /** Whose key this is; empty when it is unknown, revoked or expired by the database's clock. Asked for every request. */
    public Uni<Optional<Identity>> identify(KeySecret secret) {
        return waiting.bounded(
                () -> pool.preparedQuery("select id, account_id, scope, suspended_because from find_api_key($1)")
                        .execute(Tuple.of(Buffer.buffer(secret.hash())))
                        .map(KeyStore::identity));
    }

    private static Optional<Identity> identity(RowSet<Row> found) {
        return StreamSupport.stream(found.spliterator(), false)
                .findFirst()
                .flatMap(row -> Scope.ofWord(row.getString("scope"))
                        .map(scope -> new Identity(
                                row.getUUID("id"),
                                row.getUUID("account_id"),
                                scope,
                                Optional.ofNullable(row.getString("suspended_because")))));
    }

    /** In a transaction of the account that the caller began. Fails when the key would have expired before it was made. */
    public Uni<Written<NewKey>> add(Mutiny.Session session, UUID account, KeyDraft draft) {
        var secret = KeySecret.random();
        return rows.add(session, account, new ApiKeyRow(account, draft, secret))
                .map(written -> written.map(key -> new NewKey(key, secret)));
    }

    /** The same with plain SQL, for a key that never expires; empty where the account has as many as it may. @param tx of the account */
    public Uni<Optional<KeySecret>> add(SqlConnection tx, UUID account, KeyDraft draft) {
        var secret = KeySecret.random();
        return tx.preparedQuery(ADD)
                .execute(Tuple.of(
                                Ids.next(), account, draft.name(), draft.scope().word())
                        .addValue(Buffer.buffer(secret.hash()))
                        .addValue(secret.hint())
                        .addValue(quota))
                .map(added -> added.rowCount() == 1 ? Optional.of(secret) : Optional.empty());
    }

    /** All of them, whoever is signed in on the pages, and every link or code that lets somebody in. @param tx of the account */
    public Uni<Void> revokeAll(SqlConnection tx, UUID account) {
        return tx.preparedQuery("delete from api_key where account_id = $1")
                .execute(Tuple.of(account))
                .chain(() -> tx.preparedQuery("delete from web_session where account_id = $1")
                        .execute(Tuple.of(account)))
                .chain(() -> tx.preparedQuery("delete from login_link where account_id = $1")
                        .execute(Tuple.of(account)))
                .chain(() -> tx.preparedQuery("delete from chat_invitation where account_id = $1")
                        .execute(Tuple.of(account)))
                .chain(() -> tx.preparedQuery("update recovery set used = true where account_id = $1")
                        .execute(Tuple.of(account)))
                .replaceWithVoid();
    }

    /** The oldest first. */
    public Uni<List<ApiKey>> list(UUID account, UUID after, int limit) {
        return rows.list(account, after, limit);
    }

    /** Takes effect with the next request on every replica. The last key that can make others stays. */
    public Uni<Revocation> revoke(UUID account, UUID id) {
        return tenant.session(account, session -> all(session, account).chain(keys -> revoke(session, keys, id)));
    }

    /** Locked, so that two at once cannot each revoke the other's last companion. */
    private static Uni<List<ApiKeyRow>> all(Mutiny.Session session, UUID account) {
        return session.createSelectionQuery("from ApiKeyRow where account = :account order by id", ApiKeyRow.class)
                .setParameter("account", account)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
    }

    private static Uni<Revocation> revoke(Mutiny.Session session, List<ApiKeyRow> keys, UUID id) {
        var found = keys.stream().filter(key -> key.id.equals(id)).findFirst();
        if (found.isEmpty()) {
            return Uni.createFrom().item(Revocation.MISSING);
        }
        var others = keys.stream().filter(key -> key != found.get()).map(ApiKeyRow::value);
        return others.noneMatch(ApiKey::isLasting)
                ? Uni.createFrom().item(Revocation.LAST)
                : session.remove(found.get()).replaceWith(Revocation.DONE);
    }
}
