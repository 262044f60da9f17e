package dev.plimsoll.alert;

import java.util.UUID;

/**
 * The last alert of one (rule, subject), as a row of the database.
 *
 * @param hush    whether the last of it was kept from its owner
 * @param shown   what rule and subject were called when it was last written, as a JSON object: they may be gone
 * @param version rises by one with every write; an update names the version it saw
 */
public record Alert(UUID id, UUID account, Key key, AlertState state, Hush hush, String shown, long version) {

    /** It is not over, and the last of it was kept from its owner. */
    public boolean isHushed() {
        return state.isOpen() && hush != Hush.NONE;
    }

    /** At most one unresolved alert each. */
    public record Key(UUID rule, Subject subject) {}
}
