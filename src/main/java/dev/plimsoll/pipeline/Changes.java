package dev.plimsoll.pipeline;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What others wrote since a horizon. A row may be named again that was named before: reading it twice does no harm.
 *
 * @param next   where the next reading starts
 * @param gap    the table no longer holds everything since the horizon: load all anew
 * @param byKind the rows to read anew, by the word the triggers write
 */
record Changes(Horizon next, boolean gap, Map<String, Set<UUID>> byKind) {
    static final String POSITION = "position";
    static final String RULE = "rule";
    static final String SILENCE = "silence";
    static final String ACCOUNT = "account";
    static final String ALERT = "alert";

    Changes {
        byKind = Map.copyOf(byKind);
    }

    Set<UUID> of(String kind) {
        return byKind.getOrDefault(kind, Set.of());
    }

    /**
     * Up to where the table was read: every transaction below had ended.
     *
     * @param xid    a transaction id as PostgreSQL prints it
     * @param readAt seconds since 1970 by database time
     */
    record Horizon(String xid, double readAt) {}
}
