package dev.plimsoll.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The secret of an API key: {@code plm_}, 30 random base62 digits (178 bits), 6 base62 digits of their CRC32.
 *
 * <p>The checksum lets a typing fault be told from a revoked key, and secret scanners recognise one without asking us.
 */
public final class KeySecret {
    private static final String PREFIX = "plm_";
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_DIGITS = 30;
    private static final int CHECK_DIGITS = 6;
    private static final int HINT_LENGTH = PREFIX.length() + 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;

    private KeySecret(String text) {
        this.text = text;
    }

    public static KeySecret random() {
        var body = RANDOM.ints(RANDOM_DIGITS, 0, DIGITS.length())
                .map(DIGITS::charAt)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return new KeySecret(PREFIX + body + check(body));
    }

    /** The secret, or empty when it cannot be one of ours: wrong form or checksum. */
    public static Optional<KeySecret> parse(String text) {
        if (!text.matches(PREFIX + "[0-9A-Za-z]{" + (RANDOM_DIGITS + CHECK_DIGITS) + "}")) {
            return Optional.empty();
        }
        var body = text.substring(PREFIX.length(), PREFIX.length() + RANDOM_DIGITS);
        return text.endsWith(check(body)) ? Optional.of(new KeySecret(text)) : Optional.empty();
    }

    private static String check(String body) {
        var crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        var digits = new StringBuilder();
        for (var rest = crc.getValue(); digits.length() < CHECK_DIGITS; rest /= DIGITS.length()) {
            digits.insert(0, DIGITS.charAt((int) (rest % DIGITS.length())));
        }
        return digits.toString();
    }

    /** SHA-256: what is stored and looked up. The secret has too much entropy to need a slow hash. */
    public byte[] hash() {
        return sha256(text);
    }

    public String hint() {
        return text.substring(0, HINT_LENGTH);
    }

    /** The secret itself, for the one answer that shows it. */
    public String reveal() {
        return text;
    }

    /** Compares in a time that tells nothing of where two texts differ. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(sha256(one), sha256(other));
    }

    /** SHA-256 of a text, for what is known by its hash alone. */
    public static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return hint() + "…";
    }
}
