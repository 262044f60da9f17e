package dev.plimsoll.delivery;

import com.google.crypto.tink.Aead;
import dev.plimsoll.account.seal.MasterKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes and reads the tokens of links that need no API key. What a token is for stands in it, encrypted and authenticated
 * under the {@link MasterKey}: nothing is stored, every replica reads it, and nobody else can make one.
 */
final class LinkSeal {
    private static final int MAX_TOKEN = 200;

    private final Aead aead;
    private final byte[] purpose;
    private final int ids;

    /**
     * @param purpose a token of one purpose is none of another
     * @param ids     how many ids a token holds
     */
    LinkSeal(MasterKey key, String purpose, int ids) {
        this.aead = key.unstored();
        this.purpose = purpose.getBytes(StandardCharsets.US_ASCII);
        this.ids = ids;
    }

    /** @param word what else it says */
    record Opened(UUID[] ids, byte word) {}

    /** Of letters, digits, minus and underscore; another one at each call. */
    String seal(byte word, UUID... about) {
        var plain = ByteBuffer.allocate(bytes());
        for (var id : about) {
            plain.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        }
        plain.put(word);
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(aead.encrypt(plain.array(), purpose));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a link could not be sealed", e);
        }
    }

    /** Empty for what is no token of ours. */
    Optional<Opened> open(String token) {
        if (token.length() > MAX_TOKEN) {
            return Optional.empty();
        }
        try {
            var plain = ByteBuffer.wrap(aead.decrypt(Base64.getUrlDecoder().decode(token), purpose));
            return plain.remaining() == bytes() ? Optional.of(opened(plain)) : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private Opened opened(ByteBuffer plain) {
        var about = new UUID[ids];
        for (var i = 0; i < ids; i++) {
            about[i] = new UUID(plain.getLong(), plain.getLong());
        }
        return new Opened(about, plain.get());
    }

    private int bytes() {
        return ids * 2 * Long.BYTES + 1;
    }
}
