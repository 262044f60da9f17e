package dev.plimsoll.delivery;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** What proves a channel. The code itself is only sent; its hash is stored. */
public record ProofCode(String code) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 18;

    public ProofCode {
        code = code.strip().replaceFirst("\\.$", ""); // it ends a sentence in messages
    }

    public static ProofCode generate() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new ProofCode(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** SHA-256 of the code. */
    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    /** In constant time. */
    public boolean isSameAs(String other) {
        return MessageDigest.isEqual(hash(), new ProofCode(other).hash());
    }

    /** Never the code. */
    @Override
    public String toString() {
        return "ProofCode[]";
    }
}
