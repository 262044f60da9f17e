package dev.plimsoll.account;

import dev.plimsoll.account.Written.Done;
import dev.plimsoll.account.Written.KeyTaken;
import dev.plimsoll.account.Written.Missing;
import dev.plimsoll.account.Written.QuotaReached;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * One table of things that accounts own: every access in a transaction of the account, counted against a quota, edited
 * under a version, with a key that is unique in the account.
 *
 * @param <R> the table's entity, with the attributes {@code id} and {@code account}
 * @param <T> what a row stands for
 */
public final class OwnedRows<R extends OwnedRow<T>, T> {
    private final Tenant tenant;
    private final Class<R> type;
    private final int quota;
    private final Optional<String> own;

    /** @param quota how many rows an account may have */
    public OwnedRows(Tenant tenant, Class<R> type, int quota) {
        this(tenant, type, quota, Optional.empty());
    }

    /** @param own the column of an account that says how many it may have, where that is another number */
    public OwnedRows(Tenant tenant, Class<R> type, int quota, Optional<String> own) {
        this.tenant = tenant;
        this.type = type;
        this.quota = quota;
        this.own = own;
    }

    public Uni<Written<T>> add(UUID account, R row) {
        return keyed(tenant.session(account, session -> add(session, account, row)));
    }

    /** In a transaction of the account that the caller began; a key that is taken fails it. */
    public Uni<Written<T>> add(Mutiny.Session session, UUID account, R row) {
        return quota(session, account)
                .chain(most -> count(session, account)
                        .chain(count -> count < most ? insert(session, row) : answer(new QuotaReached<>(most))));
    }

    public Uni<Optional<T>> find(UUID account, UUID id) {
        return find(account, id, OwnedRow::value);
    }

    /** @param part what is wanted of the row */
    public <P> Uni<Optional<P>> find(UUID account, UUID id, Function<R, P> part) {
        return tenant.session(
                account,
                session -> one(session, account, id)
                        .getSingleResultOrNull()
                        .map(row -> Optional.ofNullable(row).map(part)));
    }

    /** In the order of their making, which is that of their ids. */
    public Uni<List<T>> list(UUID account, UUID after, int limit) {
        return tenant.session(account, session -> list(session, account, after, limit));
    }

    /** All of them, in a transaction of the account that the caller began. */
    public Uni<List<T>> all(Mutiny.Session session, UUID account) {
        return all(session, account, OwnedRow::value);
    }

    /** All of them, in a transaction of the account that the caller began. @param part what is wanted of each */
    public <P> Uni<List<P>> all(Mutiny.Session session, UUID account, Function<R, P> part) {
        return session.createSelectionQuery(from() + "order by id", type)
                .setParameter("account", account)
                .getResultList()
                .map(rows -> rows.stream().map(part).toList());
    }

    /** In a transaction of the account that the caller began. */
    public Uni<Set<UUID>> ids(Mutiny.Session session, UUID account) {
        return session.createSelectionQuery("select id " + from(), UUID.class)
                .setParameter("account", account)
                .getResultList()
                .map(Set::copyOf);
    }

    private Uni<List<T>> list(Mutiny.Session session, UUID account, UUID after, int limit) {
        return session.createSelectionQuery(from() + "and id > :after order by id", type)
                .setParameter("account", account)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList()
                .map(rows -> rows.stream().map(OwnedRow::value).toList());
    }

    /** Edits a row while nobody else can. Nothing is written when the edit throws, as it may to refuse. */
    public Uni<Written<T>> change(UUID account, UUID id, Consumer<R> edit) {
        return keyed(tenant.session(account, session -> change(session, account, id, edit)));
    }

    /** In a transaction of the account that the caller began; a key that is taken fails it. */
    public Uni<Written<T>> change(Mutiny.Session session, UUID account, UUID id, Consumer<R> edit) {
        return locked(session, account, id, row -> {
            edit.accept(row);
            return session.flush();
        });
    }

    /** @param check throws to refuse */
    public Uni<Written<T>> delete(UUID account, UUID id, Consumer<T> check) {
        return tenant.session(
                account,
                session -> locked(session, account, id, row -> {
                    check.accept(row.value());
                    return session.remove(row);
                }));
    }

    /** In a transaction of the account that the caller began. */
    public Uni<Written<T>> delete(Mutiny.Session session, UUID account, UUID id) {
        return locked(session, account, id, row -> session.remove(row).chain(session::flush));
    }

    private Uni<Written<T>> locked(Mutiny.Session session, UUID account, UUID id, Function<R, Uni<Void>> work) {
        return one(session, account, id)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getSingleResultOrNull()
                .chain(row -> row == null
                        ? answer(new Missing<>())
                        : work.apply(row).map(nothing -> new Done<>(row.value())));
    }

    private Uni<Long> count(Mutiny.Session session, UUID account) {
        return session.createSelectionQuery("select count(*) " + from(), Long.class)
                .setParameter("account", account)
                .getSingleResult();
    }

    /** The account's row is locked, so that two at once cannot both take the last place. */
    private Uni<Integer> quota(Mutiny.Session session, UUID account) {
        var most = own.map(column -> "coalesce(" + column + ", " + quota + ")").orElse(String.valueOf(quota));
        return session.createNativeQuery(
                        "select " + most + " from account where id = :account for no key update", Integer.class)
                .setParameter("account", account)
                .getSingleResultOrNull()
                .map(found -> Optional.ofNullable(found).orElse(0));
    }

    private Uni<Written<T>> insert(Mutiny.Session session, R row) {
        return session.persist(row).chain(session::flush).map(nothing -> new Done<>(row.value()));
    }

    private Mutiny.SelectionQuery<R> one(Mutiny.Session session, UUID account, UUID id) {
        return session.createSelectionQuery(from() + "and id = :id", type)
                .setParameter("account", account)
                .setParameter("id", id);
    }

    private String from() {
        return "from " + type.getSimpleName() + " where account = :account ";
    }

    private Uni<Written<T>> answer(Written<T> written) {
        return Uni.createFrom().item(written);
    }

    private Uni<Written<T>> keyed(Uni<Written<T>> write) {
        return write.onFailure(OwnedRows::isTakenKey).recoverWithItem(() -> new KeyTaken<>());
    }

    /** Whether a write failed because another row of the account has its key. */
    public static boolean isTakenKey(Throwable failure) {
        return failure instanceof ConstraintViolationException violation
                && violation.getConstraintName() != null
                && violation.getConstraintName().endsWith("_account_key_key");
    }
}
