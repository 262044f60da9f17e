package dev.plimsoll.account;

import java.time.Instant;
import java.util.Optional;

/** A key as its owner asks for it. */
public record KeyDraft(String name, Scope scope, Optional<Instant> expiresAt) {

    /** What a new account starts with. */
    public static KeyDraft first() {
        return new KeyDraft("first key", Scope.FULL, Optional.empty());
    }
}
