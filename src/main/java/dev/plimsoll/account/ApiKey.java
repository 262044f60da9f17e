package dev.plimsoll.account;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A key of an account. Its secret is known to its holder alone: we keep a hash.
 *
 * @param hint      the first characters of the secret, to tell keys apart by
 * @param expiresAt by the database's clock; empty means never
 */
public record ApiKey(UUID id, String name, Scope scope, String hint, Instant createdAt, Optional<Instant> expiresAt) {

    /** Whether it can always be used to make other keys. */
    boolean isLasting() {
        return scope == Scope.FULL && expiresAt.isEmpty();
    }
}
