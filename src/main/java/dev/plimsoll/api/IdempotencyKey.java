package dev.plimsoll.api;

import dev.plimsoll.unit.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;

/**
 * The {@code Idempotency-Key} of a request, and what it was sent with.
 *
 * @param request SHA-256 over the path and the body
 */
public record IdempotencyKey(String key, byte[] request) {

    /**
     * @param header the header as sent; empty means the request may be carried out twice
     * @param path   tells requests to different resources apart
     */
    public static Optional<IdempotencyKey> of(Optional<String> header, String path, byte[] body) {
        if (header.isPresent() && !header.get().matches("[!-~]{1,255}")) {
            throw Problems.malformed("An Idempotency-Key has 1 to 255 visible ASCII characters; a UUID does well.");
        }
        return header.map(key -> new IdempotencyKey(key, hash(path, body)));
    }

    boolean cameWith(byte[] other) {
        return MessageDigest.isEqual(request, other);
    }

    /** An id for what the request makes, the same whenever one client repeats it: for what belongs to no account yet. */
    UUID id(String client) {
        return Ids.ofHash(hash(client + '\n' + key, new byte[0]));
    }

    private static byte[] hash(String path, byte[] body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(path.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return digest.digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
