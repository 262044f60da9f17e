package dev.plimsoll.account;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Signing in on the pages: with a link that is good once and not for long, to a session that ends by itself. Only hashes are
 * stored; all times are the database's.
 */
@ApplicationScoped
public class LoginStore {
    /** How long a link waits to be opened. */
    public static final Duration LINK_LASTS = Duration.ofMinutes(10);

    /** How long somebody stays signed in. */
    public static final Duration SESSION_LASTS = Duration.ofHours(12);

    /** Makes room first: what is over goes, and of what is not over no more than these stay. */
    private static final String OFFER = """
            with over as (
                delete from login_link
                where account_id = $1
                  and (expires_at <= now()
                       or hash not in (
                           select hash
                           from login_link
                           where account_id = $1
                           order by expires_at desc
                           limit 4))),
            ended as (
                delete from web_session
                where account_id = $1
                  and expires_at <= now())
            insert into login_link (hash, account_id, expires_at)
            values ($2, $1, now() + make_interval(secs => $3))
            """;

    private static final String END = """
            delete from web_session
            where account_id = $1
              and hash = $2
            """;

    private final Tenant tenant;
    private final Pool pool;
    private final Waiting waiting;

    LoginStore(Tenant tenant, Pool pool, Waiting waiting) {
        this.tenant = tenant;
        this.pool = pool;
        this.waiting = waiting;
    }

    /** What stands in the link. @param tx of the account */
    public Uni<LoginSecret> offer(SqlConnection tx, UUID account) {
        var secret = LoginSecret.random();
        return tx.preparedQuery(OFFER)
                .execute(Tuple.of(account, Buffer.buffer(secret.hash()), (double) LINK_LASTS.toSeconds()))
                .replaceWith(secret);
    }

    /** Who is signed in, and with what; empty where the link is used up, too old, or none of ours. */
    public Uni<Optional<Session>> redeem(LoginSecret link) {
        var secret = LoginSecret.random();
        return waiting.bounded(() -> pool.preparedQuery(
                        "select account_id from redeem_login($1, $2, make_interval(secs => $3))")
                .execute(Tuple.of(
                        Buffer.buffer(link.hash()), Buffer.buffer(secret.hash()), (double) SESSION_LASTS.toSeconds()))
                .map(LoginStore::account)
                .map(found -> found.map(account -> new Session(account, secret))));
    }

    /** Whose session it is; empty where it is over. */
    public Uni<Optional<UUID>> identify(LoginSecret session) {
        return waiting.bounded(() -> pool.preparedQuery("select account_id from find_web_session($1)")
                .execute(Tuple.of(Buffer.buffer(session.hash())))
                .map(LoginStore::account));
    }

    /** Signs out. */
    public Uni<Void> end(UUID account, LoginSecret session) {
        return tenant.sql(
                account,
                tx -> tx.preparedQuery(END)
                        .execute(Tuple.of(account, Buffer.buffer(session.hash())))
                        .replaceWithVoid());
    }

    private static Optional<UUID> account(RowSet<Row> rows) {
        return rows.stream().findFirst().map(row -> row.getUUID("account_id"));
    }

    /** @param secret what the browser brings */
    public record Session(UUID account, LoginSecret secret) {}
}
