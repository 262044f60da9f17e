package dev.plimsoll.delivery;

import dev.plimsoll.account.seal.SecretBox;
import java.util.Optional;
import java.util.UUID;

/**
 * What a delivery says, as it was frozen at the first attempt and is kept. Sealed where it carries a link that acts for whoever
 * holds it; otherwise in clear, as most is.
 */
record Frozen(Optional<String> clear, Optional<byte[]> sealed) {
    static final Frozen NOT_YET = new Frozen(Optional.empty(), Optional.empty());

    static Frozen of(UUID delivery, String body, SecretBox box) {
        return body.contains(OneClickLinks.PATH)
                ? new Frozen(Optional.empty(), Optional.of(box.seal(delivery, body)))
                : new Frozen(Optional.of(body), Optional.empty());
    }

    /** Empty before the first attempt. */
    Optional<String> open(UUID delivery, SecretBox box) {
        return clear.or(() -> sealed.map(closed -> box.open(delivery, closed)));
    }
}
