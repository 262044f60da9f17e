package dev.plimsoll.delivery.recovery;

import dev.plimsoll.account.KeyDraft;
import dev.plimsoll.account.KeySecret;
import dev.plimsoll.account.KeyStore;
import dev.plimsoll.account.Scope;
import dev.plimsoll.account.Tenant;
import dev.plimsoll.delivery.ProofCode;
import dev.plimsoll.delivery.recovery.RecoveryStore.Way;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** A code that was sent becomes a new API key, once. */
@Singleton
public final class Recovery {
    private static final KeyDraft DRAFT = new KeyDraft("recovered by e-mail", Scope.FULL, Optional.empty());

    private final Tenant tenant;
    private final RecoveryStore codes;
    private final KeyStore keys;
    private final RecoveryNotices notices;

    @Inject
    Recovery(Tenant tenant, RecoveryStore codes, KeyStore keys, RecoveryNotices notices) {
        this.tenant = tenant;
        this.codes = codes;
        this.keys = keys;
        this.notices = notices;
    }

    /** What became of it. */
    public sealed interface Result {}

    public record Made(KeySecret key) implements Result {}

    /** The code is none of ours, used, too old, or its channel is no longer active. */
    public record Over() implements Result {}

    /** There is room for no further key: the others must go with it. The code stays good. */
    public record Full() implements Result {}

    /** @param alone whether all other keys, and whoever is signed in, are revoked */
    public Uni<Result> redeem(ProofCode code, boolean alone) {
        return codes.find(code)
                .chain(found -> found.map(account -> redeem(account, code, alone))
                        .orElseGet(() -> Uni.createFrom().item(new Over())));
    }

    private Uni<Result> redeem(UUID account, ProofCode code, boolean alone) {
        return tenant.sql(
                        account,
                        tx -> codes.use(tx, account, code)
                                .chain(used -> used.map(way -> make(tx, way, alone))
                                        .orElseGet(() -> Uni.createFrom().item(new Over()))))
                .onFailure(NoRoom.class)
                .recoverWithItem(new Full());
    }

    private Uni<Result> make(SqlConnection tx, Way way, boolean alone) {
        return (alone ? keys.revokeAll(tx, way.account()) : Uni.createFrom().voidItem())
                .chain(() -> keys.add(tx, way.account(), DRAFT))
                .map(made -> made.orElseThrow(NoRoom::new))
                .call(made -> notices.recovered(tx, way, made.hint(), alone))
                .map(Made::new);
    }

    /** Takes the whole transaction back. */
    private static final class NoRoom extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
