package dev.plimsoll.account.seal;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AeadKey;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The master keys of one file, a Tink keyset: all of them open, the primary one is to seal. A key's id is what Tink puts
 * before everything it seals, in eight hexadecimal digits; the order is that of their making.
 */
public final class MasterKeys {
    /** One byte that says "Tink", then the key's id. */
    private static final int PREFIX_BYTES = 5;

    private final KeysetHandle handle;

    private MasterKeys(KeysetHandle handle) {
        this.handle = handle;
    }

    /** @throws GeneralSecurityException for what is no such keyset; names no part of it */
    static MasterKeys parse(String json) throws GeneralSecurityException {
        AeadConfig.register();
        var keys = new MasterKeys(TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get()));
        if (!keys.entries().allMatch(MasterKeys::isUsable)) {
            throw new GeneralSecurityException("a key is disabled, or none for AEAD with Tink's prefix");
        }
        return keys;
    }

    private static boolean isUsable(KeysetHandle.Entry entry) {
        return entry.getStatus() == KeyStatus.ENABLED
                && entry.getKey() instanceof AeadKey key
                && key.getOutputPrefix().size() == PREFIX_BYTES;
    }

    /** One new key. */
    static MasterKeys generate() {
        try {
            AeadConfig.register();
            return new MasterKeys(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM is part of Tink", e);
        }
    }

    /** The oldest first. */
    public List<String> ids() {
        return entries().map(MasterKeys::id).toList();
    }

    /** The one that is to seal. */
    public String primary() {
        return id(handle.getPrimary());
    }

    public boolean hold(String id) {
        return ids().contains(id);
    }

    /** With a new key that only opens. */
    public MasterKeys plusOne() {
        var entry = KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                .withRandomId();
        return built(KeysetHandle.newBuilder(handle).addEntry(entry));
    }

    /** With this key as the primary one. */
    public MasterKeys promoting(String id) {
        var builder = KeysetHandle.newBuilder(handle);
        builder.getAt(ids().indexOf(id)).makePrimary();
        return built(builder);
    }

    /** Without this key, which is not the primary one. */
    public MasterKeys without(String id) {
        return built(KeysetHandle.newBuilder(handle).deleteAt(ids().indexOf(id)));
    }

    /** Opens under all of them and seals under this one. */
    Aead aead(String sealing) {
        try {
            return promoting(sealing).handle.getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every key was looked at when it was read", e);
        }
    }

    /** Under which key this was sealed, by its own word; empty for what is too short to say. */
    static Optional<String> idOf(byte[] sealed) {
        return sealed.length < PREFIX_BYTES
                ? Optional.empty()
                : Optional.of(HexFormat.of().formatHex(sealed, 1, PREFIX_BYTES));
    }

    /** As the file holds it: in clear. */
    String json() {
        try {
            return TinkJsonProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("what was read can be written", e);
        }
    }

    private Stream<KeysetHandle.Entry> entries() {
        return IntStream.range(0, handle.size()).mapToObj(handle::getAt);
    }

    private static String id(KeysetHandle.Entry entry) {
        return HexFormat.of().toHexDigits(entry.getId());
    }

    private static MasterKeys built(KeysetHandle.Builder builder) {
        try {
            return new MasterKeys(builder.build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("keys that were looked at make a keyset", e);
        }
    }

    /** Never a key. */
    @Override
    public String toString() {
        return "MasterKeys" + ids();
    }
}
