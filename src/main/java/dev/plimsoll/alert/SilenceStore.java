package dev.plimsoll.alert;

import dev.plimsoll.account.OwnedRows;
import dev.plimsoll.account.Tenant;
import dev.plimsoll.account.Written;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** The silences of one account at a time, behind the policies. */
@ApplicationScoped
public class SilenceStore {
    /** How long a silence that is over can still be looked up. */
    private static final Duration KEPT = Duration.ofDays(30);

    private final OwnedRows<SilenceRow, Silence> rows;

    SilenceStore(Tenant tenant, AlertConfig config) {
        this.rows = new OwnedRows<>(tenant, SilenceRow.class, config.silencesPerAccount());
    }

    /**
     * In a transaction of the account that the caller began. Makes room first: what has been over for long goes.
     *
     * @param now by the watch's clock
     */
    public Uni<Written<Silence>> add(Mutiny.Session session, UUID account, SilenceDraft draft, Instant now) {
        return session.createMutationQuery("delete from SilenceRow where account = :account and until < :before")
                .setParameter("account", account)
                .setParameter("before", now.minus(KEPT))
                .executeUpdate()
                .chain(() -> rows.add(session, account, new SilenceRow(account, draft)));
    }

    /** The oldest first. */
    public Uni<List<Silence>> list(UUID account, UUID after, int limit) {
        return rows.list(account, after, limit);
    }

    /** All of them, in a transaction of the account that the caller began. */
    public Uni<List<Silence>> all(Mutiny.Session session, UUID account) {
        return rows.all(session, account);
    }

    /** Ends it at once, in a transaction of the account that the caller began. */
    public Uni<Written<Silence>> delete(Mutiny.Session session, UUID account, UUID id) {
        return rows.delete(session, account, id);
    }

    /** Ends it at once. */
    public Uni<Written<Silence>> delete(UUID account, UUID id) {
        return rows.delete(account, id, silence -> {});
    }
}
