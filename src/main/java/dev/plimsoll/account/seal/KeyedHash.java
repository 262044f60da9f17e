package dev.plimsoll.account.seal;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Finds what may not stand readable in the database: by its HMAC-SHA256 under a key that every replica shares, made once and
 * sealed under the {@link MasterKey}. Few enough chats and mail addresses exist to try them all against a plain hash.
 */
@Singleton
public final class KeyedHash {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String NAME = "addresses";
    private static final UUID SEALED_FOR = new UUID(0, 1);
    private static final int BYTES = 32;

    private final Pool pool;
    private final SecretBox box;
    private final AtomicReference<Hashing> known = new AtomicReference<>();

    @Inject
    KeyedHash(@ReactiveDataSource("engine") Pool pool, SecretBox box) {
        this.pool = pool;
        this.box = box;
    }

    /** @param purpose what is equal for one purpose is not for another */
    public Uni<byte[]> of(String purpose, String secret) {
        return ready().map(hashing -> hashing.of(purpose, secret));
    }

    /** For those who hash where they cannot wait. */
    public Uni<Hashing> ready() {
        return Optional.ofNullable(known.get())
                .map(hashing -> Uni.createFrom().item(hashing))
                .orElseGet(this::load);
    }

    /** Whoever is first makes it. */
    private Uni<Hashing> load() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        var made = Buffer.buffer(box.seal(SEALED_FOR, Base64.getEncoder().encodeToString(bytes)));
        return pool.preparedQuery("insert into hash_key (name, sealed) values ($1, $2) on conflict do nothing")
                .execute(Tuple.of(NAME, made))
                .chain(() -> pool.preparedQuery("select sealed from hash_key where name = $1")
                        .execute(Tuple.of(NAME)))
                .map(rows -> rows.iterator().next().getBuffer("sealed").getBytes())
                .map(stored -> box.open(SEALED_FOR, stored))
                .map(opened -> new Hashing(new SecretKeySpec(Base64.getDecoder().decode(opened), ALGORITHM)))
                .invoke(known::set);
    }

    /** With the key at hand. */
    public static final class Hashing {
        private final SecretKeySpec key;

        private Hashing(SecretKeySpec key) {
            this.key = key;
        }

        /** @param purpose what is equal for one purpose is not for another */
        public byte[] of(String purpose, String secret) {
            try {
                var mac = Mac.getInstance(ALGORITHM);
                mac.init(key);
                return mac.doFinal((purpose + '\n' + secret).getBytes(StandardCharsets.UTF_8));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("HMAC-SHA256 is part of every JDK", e);
            }
        }
    }
}
