package dev.plimsoll.api;

import dev.plimsoll.account.OwnedRows;
import dev.plimsoll.account.Written;
import dev.plimsoll.account.Written.Done;
import dev.plimsoll.account.Written.KeyTaken;
import dev.plimsoll.account.Written.Missing;
import dev.plimsoll.account.Written.QuotaReached;
import io.smallrye.mutiny.Uni;

/** What a write came to, for the client: the value, or the problem. */
final class Writes {
    private Writes() {}

    /** @param what the kind of thing: "position" */
    static <T> T value(Written<T> written, String what) {
        return switch (written) {
            case Done<T>(var value) -> value;
            case KeyTaken<T> taken -> throw Problems.keyTaken(what);
            case QuotaReached<T>(var limit) -> throw Problems.quota(what + "s", limit);
            case Missing<T> missing -> throw Problems.notFound(what);
        };
    }

    /** For a write in a transaction of the caller, which a taken key fails. */
    static <T> Uni<T> keyed(Uni<T> transaction, String what) {
        return transaction.onFailure(OwnedRows::isTakenKey).transform(failure -> Problems.keyTaken(what));
    }
}
