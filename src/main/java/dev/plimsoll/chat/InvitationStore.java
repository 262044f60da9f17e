package dev.plimsoll.chat;

import dev.plimsoll.account.Tenant;
import dev.plimsoll.delivery.Buddy;
import dev.plimsoll.delivery.ProofCode;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Tokens of deep links: random, good once and not for long, by database time. Only their hash is stored. */
@ApplicationScoped
public class InvitationStore {
    static final Duration LASTS = Duration.ofMinutes(10);

    /** The newest for a channel is the only one. */
    private static final String INVITE = """
            with over as (
                delete from chat_invitation
                where account_id = $1
                  and expires_at <= now()
                  and channel_id <> $2)
            insert into chat_invitation (token_hash, account_id, channel_id, expires_at)
            values ($3, $1, $2, now() + make_interval(secs => $4))
            on conflict (channel_id) do update
            set token_hash = excluded.token_hash,
                expires_at = excluded.expires_at
            returning expires_at
            """;

    private static final String FIND = """
            select i.account_id, i.channel_id, c.buddy, a.name as asker
            from chat_invitation i
            join channel c on c.id = i.channel_id
            join account a on a.id = i.account_id
            where i.token_hash = $1
              and i.expires_at > now()
            """;

    private static final String TAKE = """
            delete from chat_invitation
            where token_hash = $1
              and expires_at > now()
            """;

    private final Pool engine;
    private final Tenant tenant;

    InvitationStore(@ReactiveDataSource("engine") Pool engine, Tenant tenant) {
        this.engine = engine;
        this.tenant = tenant;
    }

    /**
     * @param channel that becomes linked
     * @param buddy   who is asked, where it is not the account's own
     */
    record Invitation(UUID account, UUID channel, Optional<Buddy> buddy) {
        Invitation(UUID account, UUID channel) {
            this(account, channel, Optional.empty());
        }
    }

    /** @param until by database time */
    record Ticket(ProofCode token, Instant until) {}

    /** Not inside a transaction of the account. */
    Uni<Ticket> invite(Invitation invitation) {
        var token = ProofCode.generate();
        return tenant.sql(
                invitation.account(),
                tx -> tx.preparedQuery(INVITE)
                        .execute(Tuple.of(
                                invitation.account(), invitation.channel(), Buffer.buffer(token.hash()), (double)
                                        LASTS.toSeconds()))
                        .map(rows -> rows.iterator().next().getOffsetDateTime("expires_at"))
                        .map(until -> new Ticket(token, until.toInstant())));
    }

    /** Looks only. Before the account is known, so by the engine's role. */
    Uni<Optional<Invitation>> find(ProofCode token) {
        return engine.preparedQuery(FIND)
                .execute(Tuple.of(Buffer.buffer(token.hash())))
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(row -> new Invitation(
                                row.getUUID("account_id"),
                                row.getUUID("channel_id"),
                                Optional.ofNullable(row.getString("buddy"))
                                        .map(name -> new Buddy(name, row.getString("asker"))))));
    }

    /** Uses it up. False where somebody was faster, or it is too old. @param tx of the account */
    Uni<Boolean> take(SqlConnection tx, ProofCode token) {
        return tx.preparedQuery(TAKE)
                .execute(Tuple.of(Buffer.buffer(token.hash())))
                .map(deleted -> deleted.rowCount() == 1);
    }
}
