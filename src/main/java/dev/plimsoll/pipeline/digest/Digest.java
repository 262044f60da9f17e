package dev.plimsoll.pipeline.digest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What an account wants to read by the calendar of its time zone.
 *
 * @param channels empty means every active channel of the account that tells of digests
 * @param next     when the next one is due, by the watch's clock; empty until somebody looks
 * @param version  rises by one with every write; the ETag
 */
public record Digest(
        UUID id,
        UUID account,
        Occasion occasion,
        Optional<List<UUID>> channels,
        Optional<Instant> next,
        Instant createdAt,
        long version) {
    public Digest {
        channels = channels.map(List::copyOf);
    }

    /** As its message is called: {@code digest.daily}. */
    public String type() {
        return "digest." + occasion.kind();
    }
}
