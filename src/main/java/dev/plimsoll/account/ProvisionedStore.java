package dev.plimsoll.account;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.UUID;

/** What was last applied to accounts that come from files: so that a restart undoes nothing that a person did since. */
@Singleton
public class ProvisionedStore {
    private static final String IS_APPLIED = "select from provisioned where account_id = $1 and hash = $2";

    private static final String APPLIED = """
            insert into provisioned (account_id, hash)
            values ($1, $2)
            on conflict (account_id) do update set hash = excluded.hash, applied_at = now()
            """;

    private final Tenant tenant;

    ProvisionedStore(Tenant tenant) {
        this.tenant = tenant;
    }

    /** @param hash SHA-256 of what is written */
    public Uni<Boolean> isApplied(UUID account, byte[] hash) {
        return tenant.sql(
                account,
                tx -> tx.preparedQuery(IS_APPLIED)
                        .execute(Tuple.of(account, Buffer.buffer(hash)))
                        .map(found -> found.size() == 1));
    }

    /** From now on, until something else is. The account exists. */
    public Uni<Void> applied(UUID account, byte[] hash) {
        return tenant.sql(
                account,
                tx -> tx.preparedQuery(APPLIED)
                        .execute(Tuple.of(account, Buffer.buffer(hash)))
                        .replaceWithVoid());
    }
}
