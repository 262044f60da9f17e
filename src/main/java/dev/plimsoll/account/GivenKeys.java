package dev.plimsoll.account;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Makes the keys of an account those that somebody else hands out. */
@Singleton
public class GivenKeys {

    /**
     * In a transaction of the account that the caller began.
     *
     * @return how many were made or revoked
     */
    public Uni<Integer> set(Mutiny.Session session, UUID account, List<GivenKey> wanted) {
        return session.createSelectionQuery("from ApiKeyRow where account = :account", ApiKeyRow.class)
                .setParameter("account", account)
                .getResultList()
                .chain(rows -> set(session, account, wanted, rows));
    }

    private static Uni<Integer> set(Mutiny.Session session, UUID account, List<GivenKey> wanted, List<ApiKeyRow> rows) {
        var gone = rows.stream()
                .filter(row -> wanted.stream().noneMatch(key -> key.is(row)))
                .toList();
        var made = wanted.stream()
                .filter(key -> rows.stream().noneMatch(key::is))
                .map(key -> new ApiKeyRow(account, key))
                .toList();
        return Multi.createFrom()
                .iterable(gone)
                .onItem()
                .transformToUniAndConcatenate(session::remove)
                .collect()
                .last()
                .chain(session::flush)
                .chain(() -> session.persistAll(made.toArray()))
                .chain(session::flush)
                .replaceWith(gone.size() + made.size());
    }
}
