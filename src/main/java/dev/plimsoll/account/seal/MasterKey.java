package dev.plimsoll.account.seal;

import com.google.crypto.tink.Aead;
import dev.plimsoll.unit.Ids;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The key under which all others are sealed, and those before it, which still open. The file may change while we run: see
 * {@link KeyRing}.
 */
@Singleton
public final class MasterKey {
    private final String replica = ProcessHandle.current().pid() + "-" + Ids.next();
    private final MasterKeyFile file;
    private final AtomicReference<InUse> inUse;

    @Inject
    public MasterKey(
            @ConfigProperty(name = MasterKeyFile.SETTING) Optional<Path> file,
            @ConfigProperty(name = "plimsoll.ops.data-dir") Path dataFolder)
            throws IOException {
        var where = MasterKeyFile.of(file, dataFolder);
        this.file = where.configured() ? where : where.generatedOnce();
        var keys = this.file.read();
        this.inUse = new AtomicReference<>(new InUse(keys, keys.primary()));
    }

    private record InUse(MasterKeys keys, String sealing, Aead aead) {
        InUse(MasterKeys keys, String sealing) {
            this(keys, sealing, keys.aead(sealing));
        }
    }

    /** Seals under the key in use at that moment, and opens under every key there is. */
    public Aead aead() {
        return new Aead() {
            @Override
            public byte[] encrypt(byte[] plain, byte[] about) throws GeneralSecurityException {
                return inUse.get().aead().encrypt(plain, about);
            }

            @Override
            public byte[] decrypt(byte[] sealed, byte[] about) throws GeneralSecurityException {
                return inUse.get().aead().decrypt(sealed, about);
            }
        };
    }

    /** By which the others know this process. */
    public String replica() {
        return replica;
    }

    MasterKeyFile file() {
        return file;
    }

    public MasterKeys keys() {
        return inUse.get().keys();
    }

    /** The id of the key it seals under: not yet the primary one where a replica does not know that. */
    public String sealing() {
        return inUse.get().sealing();
    }

    /** These keys from now on. @param sealing the id of one of them */
    public void use(MasterKeys keys, String sealing) {
        inUse.set(new InUse(keys, sealing));
    }
}
