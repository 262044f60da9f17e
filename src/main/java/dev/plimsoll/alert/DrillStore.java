package dev.plimsoll.alert;

import dev.plimsoll.account.OwnedRows;
import dev.plimsoll.account.Tenant;
import dev.plimsoll.account.Written;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.hibernate.reactive.mutiny.Mutiny;

/** The wake-up drills of one account at a time, behind the policies. */
@ApplicationScoped
public class DrillStore {
    /** How long a drill that is over can be looked up. */
    private static final Duration KEPT = Duration.ofDays(365);

    private final OwnedRows<DrillRow, Drill> rows;
    private final Tenant tenant;

    DrillStore(Tenant tenant, AlertConfig config) {
        this.tenant = tenant;
        this.rows = new OwnedRows<>(tenant, DrillRow.class, config.drillsPerAccount());
    }

    /** What the database's clock shows. In a transaction of the account that the caller began. */
    public Uni<Instant> now(Mutiny.Session session) {
        return session.createNativeQuery("select now()", Instant.class).getSingleResult();
    }

    /**
     * In a transaction of the account that the caller began. Makes room first: what has been over for long goes.
     *
     * @param now by the database
     */
    public Uni<Written<Drill>> add(Mutiny.Session session, UUID account, DrillDraft draft, Instant now) {
        return session.createMutationQuery("delete from DrillRow where account = :account and endedAt < :before")
                .setParameter("account", account)
                .setParameter("before", now.minus(KEPT))
                .executeUpdate()
                .chain(() -> rows.add(session, account, new DrillRow(account, draft)));
    }

    /** The oldest first. */
    public Uni<List<Drill>> list(UUID account, UUID after, int limit) {
        return rows.list(account, after, limit);
    }

    /** All of them, in a transaction of the account that the caller began. */
    public Uni<List<Drill>> all(Mutiny.Session session, UUID account) {
        return rows.all(session, account);
    }

    public Uni<Optional<Drill>> find(UUID account, UUID id) {
        return rows.find(account, id);
    }

    /** Cancels it, or ends it in a moment. @param check throws to refuse */
    public Uni<Written<Drill>> callOff(UUID account, UUID id, Consumer<Drill> check) {
        return tenant.session(
                account,
                session -> now(session)
                        .chain(now -> rows.change(session, account, id, row -> {
                            check.accept(row.value());
                            row.callOff(now);
                        })));
    }
}
