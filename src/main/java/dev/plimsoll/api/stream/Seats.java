package dev.plimsoll.api.stream;

import dev.plimsoll.api.ApiConfig;
import dev.plimsoll.api.Problems;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** How many listen, in all, from each address and with each key. */
final class Seats {
    private static final Duration A_WHILE = Duration.ofSeconds(30);

    private final ApiConfig.Streams limits;
    private final Map<String, Integer> byAddress = new HashMap<>();
    private final Map<UUID, Integer> byKey = new HashMap<>();
    private int taken;

    Seats(ApiConfig.Streams limits) {
        this.limits = limits;
    }

    /** Takes one; throws the problem that says why there is none. */
    synchronized void take(String address, Optional<UUID> key) {
        if (taken >= limits.connections()) {
            throw Problems.rateLimited(
                    "This server streams to as many clients as it can. GET /api/v1/market/prices answers meanwhile.",
                    A_WHILE);
        }
        if (byAddress.getOrDefault(address, 0) >= limits.perAddress()) {
            throw Problems.rateLimited(
                    "Your address has " + limits.perAddress() + " streams open. Close one first.", A_WHILE);
        }
        if (key.map(id -> byKey.getOrDefault(id, 0)).orElse(0) >= limits.perKey()) {
            throw Problems.rateLimited(
                    "Your API key has " + limits.perKey() + " streams open. Close one first.", A_WHILE);
        }
        taken++;
        byAddress.merge(address, 1, Integer::sum);
        key.ifPresent(id -> byKey.merge(id, 1, Integer::sum));
    }

    synchronized void leave(String address, Optional<UUID> key) {
        taken--;
        byAddress.computeIfPresent(address, (who, count) -> count == 1 ? null : count - 1);
        key.ifPresent(id -> byKey.computeIfPresent(id, (who, count) -> count == 1 ? null : count - 1));
    }

    synchronized int taken() {
        return taken;
    }
}
