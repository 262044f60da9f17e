package dev.plimsoll.account.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/** What only a certain master key makes: by it we know that a file holds that key, and not another one of the same number. */
public final class KeyProbe {
    private static final byte[] WORD = "plimsoll".getBytes(StandardCharsets.US_ASCII);

    private KeyProbe() {}

    /** Of the key with this id, one of these. */
    public static byte[] of(MasterKeys keys, String id) {
        try {
            return keys.aead(id).encrypt(WORD, about(id));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the probe of key " + id + " could not be sealed", e);
        }
    }

    /** Whether these hold the key with this id that made it. */
    public static boolean opens(MasterKeys keys, String id, byte[] probe) {
        try {
            keys.aead(keys.primary()).decrypt(probe, about(id));
            return keys.hold(id);
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    private static byte[] about(String id) {
        return ("master key " + id).getBytes(StandardCharsets.US_ASCII);
    }
}
