package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Trouble.What;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** Deletes channels. What waits for one is shown as failed and told elsewhere, as with any other that gets nothing more. */
@Singleton
final class ChannelRemoval {
    private static final String DELETED = "the channel was deleted";

    private final ClosedChannels closed;
    private final FailureTelling telling;

    @Inject
    ChannelRemoval(ClosedChannels closed, FailureTelling telling) {
        this.closed = closed;
        this.telling = telling;
    }

    /**
     * False where it changed meanwhile, or is gone.
     *
     * @param tx      of the account
     * @param version that is to be deleted
     */
    Uni<Boolean> remove(SqlConnection tx, UUID account, UUID channel, long version) {
        return tx.preparedQuery("""
                        select id
                        from channel
                        where account_id = $1
                          and id = $2
                          and version = $3
                        for update""")
                .execute(Tuple.of(account, channel, version))
                .chain(found -> found.size() == 0
                        ? Uni.createFrom().item(false)
                        : settle(tx, channel)
                                .chain(() -> delete(tx, account, channel))
                                .replaceWith(true));
    }

    private Uni<Void> settle(SqlConnection tx, UUID channel) {
        var end = new Trouble(channel, What.UNDELIVERED, DELETED, List.of(), 0);
        return closed.giveUp(tx, List.of(end), true)
                .map(waiting -> waiting.stream()
                        .map(there -> new Trouble(channel, What.UNDELIVERED, DELETED, there.missing(), there.count()))
                        .toList())
                .chain(troubles -> telling.tell(tx, troubles));
    }

    private static Uni<RowSet<Row>> delete(SqlConnection tx, UUID account, UUID channel) {
        return tx.preparedQuery("delete from channel where account_id = $1 and id = $2")
                .execute(Tuple.of(account, channel));
    }
}
