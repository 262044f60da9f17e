package dev.plimsoll.alert;

import java.util.UUID;

/**
 * The last alert of one (rule, subject), as a row of the database.
 *
 * @param version rises by one with every write; an update names the version it saw
 */
public record Alert(UUID id, UUID account, Key key, AlertState state, long version) {

    /** At most one unresolved alert each. */
    public record Key(UUID rule, Subject subject) {}

    /** The same row after a write. */
    Alert next(AlertState written) {
        return new Alert(id, account, key, written, version + 1);
    }
}
