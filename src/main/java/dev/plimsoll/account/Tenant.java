package dev.plimsoll.account;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The only way to the database on behalf of an account: one transaction whose first statement sets the account, so that
 * row-level security stands behind whatever the work forgets.
 *
 * <p>One inside another is refused: it would share the outer session, and with it rows of another account.
 */
@ApplicationScoped
public class Tenant {
    private static final String MARK = Tenant.class.getName();

    private final Mutiny.SessionFactory sessions;
    private final Pool pool;
    private final Waiting waiting;

    Tenant(Mutiny.SessionFactory sessions, Pool pool, Waiting waiting) {
        this.sessions = sessions;
        this.pool = pool;
        this.waiting = waiting;
    }

    /** With Hibernate Reactive. Chain the session's operations one after another. */
    public <T> Uni<T> session(UUID account, Function<Mutiny.Session, Uni<T>> work) {
        return alone(() -> sessions.withTransaction(session -> session.createNativeQuery(
                        "select set_config('plimsoll.account', :account, true)", String.class)
                .setParameter("account", account.toString())
                .getSingleResult()
                .chain(() -> work.apply(session))));
    }

    /** With plain SQL. */
    public <T> Uni<T> sql(UUID account, Function<SqlConnection, Uni<T>> work) {
        return alone(() -> pool.withTransaction(connection -> connection
                .preparedQuery("select set_config('plimsoll.account', $1, true)")
                .execute(Tuple.of(account.toString()))
                .chain(() -> work.apply(connection))));
    }

    private <T> Uni<T> alone(Supplier<Uni<T>> transaction) {
        return Uni.createFrom().deferred(() -> {
            var context = Vertx.currentContext();
            var marks = context != null && VertxContext.isDuplicatedContext(context);
            if (marks && context.getLocal(MARK) != null) {
                throw new IllegalStateException("already inside an account's transaction");
            }
            return marks ? marked(context, waiting.bounded(transaction)) : waiting.bounded(transaction);
        });
    }

    private static <T> Uni<T> marked(Context context, Uni<T> transaction) {
        context.putLocal(MARK, Boolean.TRUE);
        return transaction.onTermination().invoke(() -> context.removeLocal(MARK));
    }
}
