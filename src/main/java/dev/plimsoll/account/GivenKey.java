package dev.plimsoll.account;

import java.util.Arrays;

/**
 * A key that its holder has already, and of which we are told the hash.
 *
 * @param hash SHA-256 of the secret
 */
public record GivenKey(String name, Scope scope, byte[] hash) {
    private static final String HINT = "plm_";

    public GivenKey {
        hash = hash.clone();
    }

    public static GivenKey of(String name, Scope scope, KeySecret secret) {
        return new GivenKey(name, scope, secret.hash());
    }

    /** Whether this is it. */
    boolean is(ApiKeyRow row) {
        return row.name.equals(name) && row.scope.equals(scope.word()) && Arrays.equals(row.hash, hash);
    }

    /** Nobody knows more of it. */
    String hint() {
        return HINT;
    }

    /** Never the hash. */
    @Override
    public String toString() {
        return "GivenKey[" + name + "]";
    }
}
