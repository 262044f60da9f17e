package dev.plimsoll.account.seal;

import com.google.crypto.tink.Aead;
import dev.plimsoll.unit.Ids;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The key under which all others are sealed, and those before it, which still open. The file may change while we run: see
 * {@link KeyRing}.
 */
@Singleton
public final class MasterKey {
    /** Shorter than the others wait for a replica that says nothing, with time left for a transaction that began in it. */
    private static final Duration LEASE = Duration.ofSeconds(50);

    private final String replica = ProcessHandle.current().pid() + "-" + Ids.next();
    private final MasterKeyFile file;
    private final AtomicReference<InUse> inUse;
    private final AtomicReference<OptionalLong> heard = new AtomicReference<>(OptionalLong.empty());

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

    /**
     * For what is stored: seals under the key in use at that moment, and opens under every key there is.
     *
     * @see Lapsed
     */
    public Aead aead() {
        return aead(this::requireHeard);
    }

    /** For what is stored nowhere, so that nobody must find it again: a link goes out even where nobody hears us. */
    public Aead unstored() {
        return aead(() -> {});
    }

    private Aead aead(Runnable beforeSealing) {
        return new Aead() {
            @Override
            public byte[] encrypt(byte[] plain, byte[] about) throws GeneralSecurityException {
                beforeSealing.run();
                return inUse.get().aead().encrypt(plain, about);
            }

            @Override
            public byte[] decrypt(byte[] sealed, byte[] about) throws GeneralSecurityException {
                return inUse.get().aead().decrypt(sealed, about);
            }
        };
    }

    private void requireHeard() {
        var since = heard.get();
        if (since.isPresent() && System.nanoTime() - since.getAsLong() > LEASE.toNanos()) {
            throw new Lapsed();
        }
    }

    /**
     * The others know since then which key we seal under, and leave it for a minute. Where nobody ever says this, as in a
     * command, there is no ring of replicas and no lease.
     *
     * @param nanos by {@link System#nanoTime()}, from before anything was asked of the database: a process that was stopped
     *     in between has no lease. Where the whole machine was suspended that clock may stand still; what is sealed then is
     *     found by {@link KeyRing#sealAnew}.
     */
    public void heard(long nanos) {
        heard.set(OptionalLong.of(nanos));
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

    /** The others may have let go of the key we would seal under: they heard nothing of us for too long. */
    public static final class Lapsed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Lapsed() {
            super(
                    ("nothing is sealed until PostgreSQL answers this replica again: it has not for %d s, and the master key"
                                    + " may have been changed since")
                            .formatted(LEASE.toSeconds()));
        }
    }
}
