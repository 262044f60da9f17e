package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Trouble.What;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** The wish of whoever reads a channel that nothing more is sent there. */
@Singleton
public final class Unsubscription {
    private static final String WHY = "somebody unsubscribed with the link in a mail to it";

    private final ClosedChannels closed;

    @Inject
    Unsubscription(ClosedChannels closed) {
        this.closed = closed;
    }

    /** Whether there was something to end. @param left how many other channels of the account are active */
    public record Ended(boolean now, int left) {}

    /**
     * Disables the channel with what waits for it, and tells the account's other channels.
     *
     * @param tx of the account
     */
    public Uni<Ended> end(SqlConnection tx, UUID account, UUID channel) {
        return lock(tx, account, channel)
                .call(active -> active
                        ? closed.settle(tx, List.of(new Trouble(channel, What.DISABLED, WHY, List.of(), 0)))
                        : Uni.createFrom().voidItem())
                .chain(active -> left(tx, account, channel).map(left -> new Ended(active, left)));
    }

    /** Closing passes over what others have locked; whoever waited for the lock is passed over by nobody. */
    private static Uni<Boolean> lock(SqlConnection tx, UUID account, UUID channel) {
        return tx.preparedQuery("""
                        select id
                        from channel
                        where account_id = $1
                          and id = $2
                          and state = 'active'
                        for no key update""").execute(Tuple.of(account, channel)).map(found -> found.size() == 1);
    }

    private static Uni<Integer> left(SqlConnection tx, UUID account, UUID channel) {
        return tx.preparedQuery("""
                        select count(*)::int as left
                        from channel
                        where account_id = $1
                          and id <> $2
                          and buddy is null
                          and state = 'active'""")
                .execute(Tuple.of(account, channel))
                .map(rows -> rows.iterator().next().getInteger("left"));
    }
}
