package dev.plimsoll.api.stream;

import java.util.Locale;

/** What the stream tells of. */
enum EventKind {
    /** The prices of a tick: all of them first, then those that changed. */
    MARKET(false),
    /** A source's state changed. */
    SOURCE(false),
    /** A step in the life of an own alert. */
    ALERT(true),
    /** An own position stands otherwise than before. */
    POSITION(true);

    private final boolean needsKey;

    EventKind(boolean needsKey) {
        this.needsKey = needsKey;
    }

    boolean needsKey() {
        return needsKey;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
