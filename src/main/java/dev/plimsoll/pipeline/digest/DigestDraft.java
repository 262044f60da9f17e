package dev.plimsoll.pipeline.digest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A digest as its owner writes it. */
public record DigestDraft(Occasion occasion, Optional<List<UUID>> channels) {
    public DigestDraft {
        channels = channels.map(List::copyOf);
    }

    /** As a digest that is stored nowhere, to see what it would say. */
    public Digest unstored(UUID account, Instant at) {
        return new Digest(new UUID(0, 0), account, occasion, channels, Optional.empty(), at, 1);
    }
}
