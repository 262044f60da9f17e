package dev.plimsoll.delivery;

import dev.plimsoll.account.seal.KeyedHash;
import dev.plimsoll.account.seal.KeyedHash.Hashing;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;

/** By which a mail channel is found again though its address is sealed. People write capitals as they please. */
@Singleton
public final class MailHash {
    private static final String PURPOSE = "mail";

    private final KeyedHash hash;
    private final Kinds kinds;

    @Inject
    MailHash(KeyedHash hash, Kinds kinds) {
        this.hash = hash;
        this.kinds = kinds;
    }

    public Uni<byte[]> of(MailAddress address) {
        return hash.ready().map(hashing -> of(hashing, address));
    }

    Uni<Hashing> ready() {
        return hash.ready();
    }

    /** Empty for what leads to no mailbox. */
    Optional<byte[]> of(Hashing hashing, String kind, Settings settings) {
        return kinds.of(kind).fields().stream()
                .filter(field -> field.form() instanceof Field.Mailbox)
                .flatMap(field -> settings.find(field).stream())
                .flatMap(written -> MailAddress.parse(written).stream())
                .map(address -> of(hashing, address))
                .findFirst();
    }

    private static byte[] of(Hashing hashing, MailAddress address) {
        return hashing.of(PURPOSE, address.value().toLowerCase(Locale.ROOT));
    }
}
