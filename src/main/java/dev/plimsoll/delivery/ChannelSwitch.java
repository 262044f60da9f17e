package dev.plimsoll.delivery;

import dev.plimsoll.account.Tenant;
import dev.plimsoll.account.seal.SecretBox;
import dev.plimsoll.delivery.Trouble.What;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** Links a channel to its other end, and switches it off and on again at its word, which needs no failed attempt to say so. */
@Singleton
public final class ChannelSwitch {
    private static final String ON = """
            update channel
            set state = 'active',
                disabled_reason = null,
                failing_since = null,
                failing_warned = false,
                version = version + 1
            where account_id = $1
              and id = $2
              and state = 'disabled'
            """;

    private static final String LINK = """
            update channel
            set settings_sealed = $4,
                settings_shown = $5,
                host = $6,
                state = 'active',
                disabled_reason = null,
                failing_since = null,
                failing_warned = false,
                proof_hash = null,
                version = version + 1
            where account_id = $1
              and id = $2
              and kind = $3
            """;

    private final Tenant tenant;
    private final ClosedChannels closed;
    private final Outbox outbox;
    private final Kinds kinds;
    private final SecretBox box;

    @Inject
    ChannelSwitch(Tenant tenant, ClosedChannels closed, Outbox outbox, Kinds kinds, SecretBox box) {
        this.tenant = tenant;
        this.closed = closed;
        this.outbox = outbox;
        this.kinds = kinds;
        this.box = box;
    }

    /**
     * Makes it lead there, and active: whoever asks for it reads there. Tells what nobody was told yet. False when the
     * account has no such channel.
     *
     * @param tx    of the account
     * @param where all of its settings
     */
    public Uni<Boolean> link(SqlConnection tx, UUID account, UUID id, String kind, Settings where) {
        return tx.preparedQuery(LINK)
                .execute(Tuple.of(account, id, kind)
                        .addValue(Buffer.buffer(box.seal(id, where.json())))
                        .addValue(new JsonObject(kinds.shown(kind, where).json()))
                        .addValue(kinds.host(kind, where)))
                .map(updated -> updated.rowCount() == 1)
                .call(linked -> ChannelMoves.forget(tx, id))
                .call(linked -> linked ? outbox.reach(tx, id) : Uni.createFrom().voidItem());
    }

    /**
     * Calls it so, unless its owner gave it another name.
     *
     * @param tx    of the account
     * @param given the name it was made with
     */
    public Uni<Void> name(SqlConnection tx, UUID account, UUID id, String given, String name) {
        return tx.preparedQuery("update channel set name = $4 where account_id = $1 and id = $2 and name = $3")
                .execute(Tuple.of(account, id, given, name))
                .replaceWithVoid();
    }

    /**
     * What waits for it is given up, and told on the others. Not inside a transaction of the account.
     *
     * @param why as a part of a sentence: "the bot was blocked"
     */
    public Uni<Void> off(UUID account, UUID channel, String why) {
        var trouble = new Trouble(channel, What.DISABLED, why, List.of(), 0);
        return tenant.sql(account, tx -> closed.settle(tx, List.of(trouble)));
    }

    /** One that was disabled, with what nobody was told meanwhile. False where it was not. */
    public Uni<Boolean> on(UUID account, UUID channel) {
        return tenant.sql(
                account,
                tx -> tx.preparedQuery(ON)
                        .execute(Tuple.of(account, channel))
                        .map(updated -> updated.rowCount() == 1)
                        .call(isOn -> isOn
                                ? outbox.reach(tx, channel)
                                : Uni.createFrom().voidItem()));
    }
}
