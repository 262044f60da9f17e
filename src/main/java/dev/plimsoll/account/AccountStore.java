package dev.plimsoll.account;

import dev.plimsoll.account.seal.SecretBox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/** One account at a time, behind the policies. */
@ApplicationScoped
public class AccountStore {
    private final Tenant tenant;
    private final SecretBox box;

    AccountStore(Tenant tenant, SecretBox box) {
        this.tenant = tenant;
        this.box = box;
    }

    /** In a transaction of that account, which the caller began. */
    public Uni<Account> add(Mutiny.Session session, UUID id, AccountDraft draft) {
        var row = new AccountRow(id, draft, box);
        return session.persist(row).chain(session::flush).map(nothing -> row.value(box));
    }

    public Uni<Optional<Account>> find(UUID id) {
        return tenant.session(id, session -> find(session, id));
    }

    /** In a transaction of that account, which the caller began. */
    public Uni<Optional<Account>> find(Mutiny.Session session, UUID id) {
        return session.find(AccountRow.class, id)
                .map(row -> Optional.ofNullable(row).map(found -> found.value(box)));
    }

    /** Edits the account while nobody else can. Nothing is written when the edit throws, as it may to refuse. */
    public Uni<Optional<Account>> change(UUID id, Function<Account, AccountDraft> edit) {
        return tenant.session(
                id,
                session -> session.find(AccountRow.class, id, LockModeType.PESSIMISTIC_WRITE)
                        .call(row -> {
                            Optional.ofNullable(row).ifPresent(found -> found.write(edit.apply(found.value(box)), box));
                            return session.flush();
                        })
                        .map(row -> Optional.ofNullable(row).map(found -> found.value(box))));
    }

    /** In a transaction of that account, which the caller began. */
    public Uni<Optional<Account>> change(Mutiny.Session session, UUID id, AccountDraft draft) {
        return session.find(AccountRow.class, id, LockModeType.PESSIMISTIC_WRITE)
                .call(row -> {
                    Optional.ofNullable(row).ifPresent(found -> found.write(draft, box));
                    return session.flush();
                })
                .map(row -> Optional.ofNullable(row).map(found -> found.value(box)));
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
