package dev.plimsoll.account;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The only way to an account's rows for the api role: one transaction whose first statement says whose it is, so that
 * the policies of the database let nothing else through.
 */
@ApplicationScoped
public class Tenant {
    private static final String SET_ACCOUNT = "select set_config('plimsoll.account', $1, true)";

    private final Mutiny.SessionFactory sessions;
    private final Pool pool;

    Tenant(Mutiny.SessionFactory sessions, Pool pool) {
        this.sessions = sessions;
        this.pool = pool;
    }

    /** A transaction of Hibernate Reactive. Refused inside another one: they would share their session and its account. */
    public <T> Uni<T> session(UUID account, Function<Mutiny.Session, Uni<T>> work) {
        return Uni.createFrom()
                .deferred(() -> sessions.getCurrentSession() == null
                        ? sessions.withTransaction(session -> enter(session, account, work))
                        : Uni.createFrom()
                                .failure(new IllegalStateException("already inside an account's transaction")));
    }

    /** A transaction of plain SQL. */
    public <T> Uni<T> sql(UUID account, Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(connection -> connection
                .preparedQuery(SET_ACCOUNT)
                .execute(Tuple.of(account.toString()))
                .chain(() -> work.apply(connection)));
    }

    private static <T> Uni<T> enter(Mutiny.Session session, UUID account, Function<Mutiny.Session, Uni<T>> work) {
        return session.createNativeQuery("select set_config('plimsoll.account', :account, true)", String.class)
                .setParameter("account", account.toString())
                .getSingleResult()
                .chain(() -> work.apply(session));
    }
}
