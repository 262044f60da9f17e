package dev.plimsoll.delivery.telegram;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import org.hibernate.reactive.mutiny.Mutiny;

/** What happened in chats and is not handled yet; in the database, so that a restart loses none. */
@Singleton
public class Inbox {
    private static final String SETTLE = "select settle_telegram_update(%s)";

    /**
     * Notes in this transaction that the update is handled: it comes no second time, whenever the process dies.
     *
     * @param tx of any account
     * @return whether this was the first time; where not, its work is done already and must not be done again
     */
    public Uni<Boolean> settle(SqlConnection tx, Update update) {
        return tx.preparedQuery(SETTLE.formatted("$1"))
                .execute(Tuple.of(update.id()))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** The same with Hibernate Reactive. */
    public Uni<Boolean> settle(Mutiny.Session session, Update update) {
        return session.createNativeQuery(SETTLE.formatted(":id"), Boolean.class)
                .setParameter("id", update.id())
                .getSingleResult();
    }
}
