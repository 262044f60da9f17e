package dev.plimsoll.delivery;

import dev.plimsoll.account.Tenant;
import dev.plimsoll.account.seal.SecretBox;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Gives channels that sign another secret, without a moment in which a receiver that knows the old one refuses. */
@Singleton
public final class SecretRotation {
    private static final String SIGNING = """
            select secret_sealed, case when old_secret_until > now() then old_secret_sealed end as old_secret_sealed
            from channel
            where account_id = $1
              and id = $2
              and secret_sealed is not null
            for no key update
            """;

    private static final String ROTATE = """
            update channel
            set old_secret_sealed = $3,
                old_secret_until = now() + make_interval(secs => $5),
                secret_sealed = $4,
                version = version + 1
            where account_id = $1
              and id = $2
            """;

    /** Each makes the signature longer. */
    private static final int MOST_OLD_SECRETS = 4;

    private final Tenant tenant;
    private final SecretBox box;
    private final DeliveryConfig config;

    @Inject
    SecretRotation(Tenant tenant, SecretBox box, DeliveryConfig config) {
        this.tenant = tenant;
        this.box = box;
        this.config = config;
    }

    /**
     * The old secret signs beside the new one for a while, and so do those before it that still do: a receiver may know none
     * of those in between. False when the account has no such channel.
     */
    public Uni<Boolean> rotate(UUID account, UUID id, WebhookSecret secret) {
        return tenant.sql(
                account,
                tx -> tx.preparedQuery(SIGNING)
                        .execute(Tuple.of(account, id))
                        .map(rows -> rows.stream().findFirst().map(row -> old(id, row)))
                        .chain(old -> old.map(replaced -> rotate(tx, account, id, secret, replaced))
                                .orElseGet(() -> Uni.createFrom().item(false))));
    }

    private String old(UUID id, Row row) {
        return WebhookSecret.joined(Stream.of("secret_sealed", "old_secret_sealed")
                .flatMap(column -> Optional.ofNullable(row.getBuffer(column)).stream())
                .flatMap(closed -> WebhookSecret.split(box.open(id, closed.getBytes())))
                .limit(MOST_OLD_SECRETS));
    }

    private Uni<Boolean> rotate(SqlConnection tx, UUID account, UUID id, WebhookSecret secret, String old) {
        return tx.preparedQuery(ROTATE)
                .execute(Tuple.of(
                        account,
                        id,
                        Buffer.buffer(box.seal(id, old)),
                        Buffer.buffer(box.seal(id, secret.value())),
                        (double) config.secretOverlap().toSeconds()))
                .map(updated -> updated.rowCount() == 1);
    }
}
