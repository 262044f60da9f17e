package dev.plimsoll.account;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.hibernate.reactive.mutiny.Mutiny;

/** One account at a time, behind the policies. */
@ApplicationScoped
public class AccountStore {
    private final Tenant tenant;

    AccountStore(Tenant tenant) {
        this.tenant = tenant;
    }

    /** In a transaction of that account, which the caller began. */
    public Uni<Account> add(Mutiny.Session session, UUID id, AccountDraft draft) {
        var row = new AccountRow(id, draft);
        return session.persist(row)
                .chain(session::flush)
                .chain(() -> session.refresh(row))
                .map(nothing -> row.value());
    }

    public Uni<Optional<Account>> find(UUID id) {
        return tenant.session(
                id,
                session -> session.find(AccountRow.class, id)
                        .map(row -> Optional.ofNullable(row).map(AccountRow::value)));
    }

    /**
     * Edits the account while nobody else can.
     *
     * @param seen the version the writer knows; empty means whatever it is
     */
    public Uni<Written<Account>> change(UUID id, Optional<Long> seen, UnaryOperator<AccountDraft> edit) {
        return tenant.session(
                id,
                session -> session.find(AccountRow.class, id, LockModeType.PESSIMISTIC_WRITE)
                        .chain(row -> written(session, Optional.ofNullable(row), seen, edit)));
    }

    private static Uni<Written<Account>> written(
            Mutiny.Session session, Optional<AccountRow> row, Optional<Long> seen, UnaryOperator<AccountDraft> edit) {
        if (row.isEmpty()) {
            return Uni.createFrom().item(new Written.Missing<>());
        }
        var found = row.get();
        if (seen.isPresent() && seen.get() != found.version) {
            return Uni.createFrom().item(new Written.Outdated<>());
        }
        found.write(edit.apply(AccountDraft.of(found.value())));
        return session.flush().map(nothing -> new Written.Done<>(found.value()));
    }

    /** Everything of the account goes with it, by the database's own cascades. */
    public Uni<Void> erase(UUID id) {
        return tenant.session(
                id,
                session -> session.createMutationQuery("delete from AccountRow where id = :id")
                        .setParameter("id", id)
                        .executeUpdate()
                        .replaceWithVoid());
    }
}
