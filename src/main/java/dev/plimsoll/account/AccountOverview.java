package dev.plimsoll.account;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An account as the operator sees it: no address, no position, no channel.
 *
 * @param seenAt when a key of it was last used, to some minutes; empty where none was
 */
public record AccountOverview(
        UUID id,
        String name,
        Instant createdAt,
        Optional<Instant> seenAt,
        Optional<Instant> suspendedAt,
        Optional<String> suspendedBecause,
        Counts counts,
        Quotas quotas) {

    /** @param firing alerts that fire now */
    public record Counts(long positions, long rules, long channels, long firing) {}

    public JsonObject json() {
        return new JsonObject()
                .put("id", id.toString())
                .put("name", name)
                .put("createdAt", createdAt.toString())
                .put("lastSeenAt", seenAt.map(Instant::toString).orElse(null))
                .put("suspendedAt", suspendedAt.map(Instant::toString).orElse(null))
                .put("suspendedBecause", suspendedBecause.orElse(null))
                .put("positions", counts.positions())
                .put("rules", counts.rules())
                .put("channels", counts.channels())
                .put("alertsFiring", counts.firing())
                .put(
                        "quotas",
                        new JsonObject()
                                .put("positions", quotas.positions().orElse(null))
                                .put("rules", quotas.rules().orElse(null))
                                .put("channels", quotas.channels().orElse(null)));
    }
}
