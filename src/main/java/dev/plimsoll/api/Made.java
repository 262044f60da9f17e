package dev.plimsoll.api;

import dev.plimsoll.account.Written;
import dev.plimsoll.account.Written.Done;
import dev.plimsoll.account.Written.KeyTaken;
import dev.plimsoll.account.Written.Missing;
import dev.plimsoll.account.Written.QuotaReached;

/** The way from a store's outcome to an answer or a problem. */
final class Made {
    private Made() {}

    /** @param what in the singular, as a user calls it: "position" */
    static <T> T of(Written<T> written, String what) {
        return switch (written) {
            case Done<T>(var value) -> value;
            case KeyTaken<T>() -> throw Problems.keyTaken(what);
            case QuotaReached<T>(var limit) -> throw Problems.quota(what + "s", limit);
            case Missing<T>() -> throw Problems.notFound(what);
        };
    }
}
