package dev.plimsoll.delivery.recovery;

import dev.plimsoll.delivery.MailAddress;
import dev.plimsoll.delivery.MailHash;
import dev.plimsoll.delivery.ProofCode;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Who asked for a way back, and the codes they were sent. Codes and addresses as hashes only; by database time. */
@ApplicationScoped
public class RecoveryStore {
    /** How long a code waits to be used. */
    public static final Duration LASTS = Duration.ofMinutes(15);

    /** What an account is sent in a day, so that nobody can flood a mailbox through us. */
    private static final int A_DAY = 3;

    private static final int AT_ONCE = 10;

    private static final String TAKE = """
            with taken as (
                delete from recovery_request
                where ctid in (select ctid from recovery_request order by at limit $1 for update skip locked)
                returning mail_hash, at)
            select distinct c.id, c.account_id, c.name
            from taken t
            join channel c on c.mail_hash = t.mail_hash
            where t.at > now() - make_interval(secs => $2)
              and c.state = 'active'
              -- another person's mailbox opens nobody's account
              and c.buddy is null
            order by c.id
            """;

    /** The newest code of a channel is the only one; it stays good when no other may be sent. */
    private static final String ISSUE = """
            with over as (
                delete from recovery
                where account_id = $2
                  and at <= now() - interval '1 day'),
            limited as (
                select count(*) < $5 as one_more
                from recovery
                where account_id = $2
                  and at > now() - interval '1 day'),
            replaced as (
                update recovery
                set used = true
                where account_id = $2
                  and channel_id = $3
                  and (select one_more from limited))
            insert into recovery (code_hash, account_id, channel_id, expires_at)
            select $1, $2, $3, now() + make_interval(secs => $4)
            from limited
            where one_more
            """;

    private static final String USE = """
            update recovery r
            set used = true
            from channel c
            where r.code_hash = $1
              and r.account_id = $2
              and not r.used
              and r.expires_at > now()
              and c.id = r.channel_id
              and c.state = 'active'
            returning c.id, r.account_id, c.name
            """;

    private final Pool api;
    private final Pool engine;
    private final MailHash hash;

    RecoveryStore(Pool api, @ReactiveDataSource("engine") Pool engine, MailHash hash) {
        this.api = api;
        this.engine = engine;
        this.hash = hash;
    }

    /** A proven mail channel, by which somebody comes back. */
    record Way(UUID channel, UUID account, String name) {}

    /** Notes it, in the same time whether anybody is reached there or not. */
    public Uni<Void> ask(MailAddress address) {
        return hash.of(address)
                .chain(hashed -> api.preparedQuery("insert into recovery_request (mail_hash) values ($1)")
                        .execute(Tuple.of(Buffer.buffer(hashed))))
                .replaceWithVoid();
    }

    /** Takes some of what was asked: where it leads, if anywhere. */
    Uni<List<Way>> take() {
        return engine.preparedQuery(TAKE)
                .execute(Tuple.of(AT_ONCE, (double) LASTS.toSeconds()))
                .map(rows -> rows.stream().map(RecoveryStore::way).toList());
    }

    /** Empty where the account was sent as many as a day allows. @param tx of the engine */
    Uni<Optional<ProofCode>> issue(SqlConnection tx, Way way) {
        var code = ProofCode.generate();
        return tx.preparedQuery(ISSUE)
                .execute(Tuple.of(
                        Buffer.buffer(code.hash()), way.account(), way.channel(), (double) LASTS.toSeconds(), A_DAY))
                .map(issued -> issued.rowCount() == 1 ? Optional.of(code) : Optional.empty());
    }

    /** Whose account a code opens, without using it up; empty where it opens none, any more. */
    public Uni<Optional<UUID>> find(ProofCode code) {
        return api.preparedQuery("select account_id from find_recovery($1)")
                .execute(Tuple.of(Buffer.buffer(code.hash())))
                .map(rows -> rows.stream().findFirst().map(row -> row.getUUID("account_id")));
    }

    /** Uses it up; empty where somebody was faster. @param tx of the account */
    Uni<Optional<Way>> use(SqlConnection tx, UUID account, ProofCode code) {
        return tx.preparedQuery(USE)
                .execute(Tuple.of(Buffer.buffer(code.hash()), account))
                .map(rows -> rows.stream().findFirst().map(RecoveryStore::way));
    }

    private static Way way(Row row) {
        return new Way(row.getUUID("id"), row.getUUID("account_id"), row.getString("name"));
    }
}
