package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Trouble.What;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Another person does not want to be told any more: their channel is disabled, and its owner hears of it on the others. */
@Singleton
public final class Leaving {
    /** Nothing waits for a channel that was never proven. */
    private static final String DECLINED = """
            update channel
            set state = 'disabled', disabled_reason = $2, proof_hash = null, version = version + 1
            where id = $1 and state = 'unverified'
            """;

    private final ClosedChannels closed;
    private final FailureTelling telling;

    @Inject
    Leaving(ClosedChannels closed, FailureTelling telling) {
        this.closed = closed;
        this.telling = telling;
    }

    /**
     * Who is asked whether they leave.
     *
     * @param stays they have not left yet
     */
    public record Leaver(Buddy buddy, boolean stays) {}

    /** Whose channel this is; empty where it is gone, or its owner's. @param tx of the account */
    public Uni<Optional<Leaver>> find(SqlConnection tx, UUID account, UUID channel) {
        return tx.preparedQuery("""
                        select c.buddy, a.name as asker, c.state <> 'disabled' as stays
                        from channel c
                        join account a on a.id = c.account_id
                        where c.account_id = $1
                          and c.id = $2
                          and c.buddy is not null""")
                .execute(Tuple.of(account, channel))
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(row -> new Leaver(
                                new Buddy(row.getString("buddy"), row.getString("asker")), row.getBoolean("stays"))));
    }

    /** Also before they were proven: a proof that is under way ends with it. @param tx of the account */
    public Uni<Void> leave(SqlConnection tx, UUID channel, Leaver leaver) {
        var why = leaver.buddy().name() + " does not want to be your buddy: ask them, or name another";
        var trouble = List.of(new Trouble(channel, What.DISABLED, why, List.of(), 0));
        return tx.preparedQuery(DECLINED)
                .execute(Tuple.of(channel, why))
                .chain(declined -> declined.rowCount() == 1 ? telling.tell(tx, trouble) : closed.settle(tx, trouble));
    }
}
