package dev.plimsoll.pipeline;

import dev.plimsoll.alert.Silences;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** When the owners of accounts want to hear nothing. */
final class Wishes {
    private final Silences silences = new Silences();
    private final Map<UUID, ZoneId> zones = new HashMap<>();

    Silences silences() {
        return silences;
    }

    /** Of the clock on the owner's wall. */
    ZoneId zone(UUID account) {
        return zones.getOrDefault(account, ZoneOffset.UTC);
    }

    void put(UUID account, ZoneId zone) {
        zones.put(account, zone);
    }

    void remove(UUID account) {
        zones.remove(account);
    }

    void clear() {
        silences.clear();
        zones.clear();
    }
}
