package dev.plimsoll.alert;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Every silence, in memory. Confined to one thread at a time; many may read it while nobody writes. */
public final class Silences {
    private final Map<UUID, Silence> byId = new HashMap<>();
    private final Map<UUID, Map<UUID, Silence>> byAccount = new HashMap<>();

    public void put(Silence silence) {
        byId.put(silence.id(), silence);
        byAccount.computeIfAbsent(silence.account(), account -> new HashMap<>()).put(silence.id(), silence);
    }

    /** Does nothing when there is no such silence. */
    public void remove(UUID id) {
        Optional.ofNullable(byId.remove(id))
                .ifPresent(silence -> byAccount.computeIfPresent(silence.account(), (account, own) -> {
                    own.remove(id);
                    return own.isEmpty() ? null : own;
                }));
    }

    public void clear() {
        byId.clear();
        byAccount.clear();
    }

    /** The account's that are in force. */
    public List<Silence> active(UUID account, Instant at) {
        return byAccount.getOrDefault(account, Map.of()).values().stream()
                .filter(silence -> silence.isActive(at))
                .toList();
    }
}
