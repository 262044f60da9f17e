package dev.plimsoll.account.seal;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.KmsEnvelopeAead;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;

/**
 * Seals what must not be readable in the database or a backup of it: receivers' and accounts' addresses, signing secrets, what people
 * write.
 *
 * <p>Envelope encryption: each value under a key of its own, that key under the {@link MasterKey}. The id of its row is
 * authenticated with it, so a sealed value copied to another row does not open there.
 */
@Singleton
public final class SecretBox {
    private static final byte[] NOTHING = {};

    private final MasterKey master;
    private final Aead aead;

    @Inject
    public SecretBox(MasterKey key) throws GeneralSecurityException {
        var perValue = AesGcmParameters.builder()
                .setKeySizeBytes(32)
                .setIvSizeBytes(12)
                .setTagSizeBytes(16)
                .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                .build();
        this.master = key;
        this.aead = KmsEnvelopeAead.create(perValue, key.aead());
    }

    public byte[] seal(UUID row, String value) {
        try {
            return aead.encrypt(value.getBytes(StandardCharsets.UTF_8), bytes(row));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a value of row " + row + " could not be sealed", e);
        }
    }

    /** @throws Unreadable when it was sealed for another row or under another master key */
    public String open(UUID row, byte[] sealed) {
        try {
            return new String(aead.decrypt(sealed, bytes(row)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new Unreadable(row);
        }
    }

    /**
     * The same value with its key sealed anew under the master key in use. The value itself is not opened.
     *
     * @throws Unreadable when no master key opens its key
     */
    byte[] rewrap(byte[] sealed) {
        try {
            var all = ByteBuffer.wrap(sealed);
            var wrapped = new byte[Math.min(all.getInt(), all.remaining())];
            all.get(wrapped);
            var fresh = master.aead().encrypt(master.aead().decrypt(wrapped, NOTHING), NOTHING);
            return ByteBuffer.allocate(Integer.BYTES + fresh.length + all.remaining())
                    .putInt(fresh.length)
                    .put(fresh)
                    .put(all)
                    .array();
        } catch (GeneralSecurityException | BufferUnderflowException | NegativeArraySizeException e) {
            throw new Unreadable(new UUID(0, 0));
        }
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** The sealed value and the master key do not belong together. */
    public static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(UUID row) {
            super("what is sealed for " + row + " does not open with this master key;"
                    + " was plimsoll.delivery.master-key-file changed?");
        }
    }
}
