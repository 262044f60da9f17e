package dev.plimsoll.delivery;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.KmsEnvelopeAead;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;

/**
 * Seals what must not be readable in the database or a backup of it: receivers' addresses and signing secrets.
 *
 * <p>Envelope encryption: each value under a key of its own, that key under the {@link MasterKey}. The channel's id is
 * authenticated with it, so a sealed value copied to another channel's row does not open there.
 */
@Singleton
public final class SecretBox {
    private final Aead aead;

    @Inject
    SecretBox(MasterKey key) throws GeneralSecurityException {
        var perValue = AesGcmParameters.builder()
                .setKeySizeBytes(32)
                .setIvSizeBytes(12)
                .setTagSizeBytes(16)
                .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                .build();
        this.aead = KmsEnvelopeAead.create(perValue, key.aead());
    }

    public byte[] seal(UUID channel, String value) {
        try {
            return aead.encrypt(value.getBytes(StandardCharsets.UTF_8), bytes(channel));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a value of channel " + channel + " could not be sealed", e);
        }
    }

    /** @throws Unreadable when it was sealed for another channel or under another master key */
    public String open(UUID channel, byte[] sealed) {
        try {
            return new String(aead.decrypt(sealed, bytes(channel)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new Unreadable(channel);
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

        Unreadable(UUID channel) {
            super("what is sealed for channel " + channel + " does not open with this master key;"
                    + " was plimsoll.delivery.master-key-file changed?");
        }
    }
}
