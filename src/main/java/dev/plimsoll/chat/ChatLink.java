package dev.plimsoll.chat;

import java.security.MessageDigest;
import java.util.Optional;
import java.util.UUID;

/**
 * A chat that is linked to an account.
 *
 * @param channel   by which the account is told there
 * @param topic     of a group that has topics; 0 where there are none
 * @param owner     keyed hash of the person who linked it
 * @param buddy     it is another person's: told, and allowed to acknowledge, but of the account they know nothing
 * @param suspended why the operator lets the account do nothing but be told; empty while it may
 */
record ChatLink(UUID account, UUID channel, long topic, byte[] owner, boolean buddy, Optional<String> suspended) {
    ChatLink {
        owner = owner.clone();
    }

    /** The account's own. */
    ChatLink(UUID account, UUID channel, long topic, byte[] owner) {
        this(account, channel, topic, owner, false, Optional.empty());
    }

    /** Whether they linked it, and may change things; in constant time. */
    boolean isOwnedBy(Hashes who) {
        return !buddy && isLinkedBy(who);
    }

    /** Whether it was their word that linked it; in constant time. */
    boolean isLinkedBy(Hashes who) {
        return MessageDigest.isEqual(owner, who.person());
    }

    /** Why nothing but acknowledging and snoozing is done for the account; empty while all is. A sentence for the person. */
    Optional<String> refusal() {
        return suspended.map(why -> "The operator suspended this account: " + why
                + " Its positions are still watched and its alerts still told here; you may acknowledge and snooze them. For"
                + " all else ask the operator.");
    }

    /** A chat and a person in it, as they stand in the database. */
    record Hashes(byte[] chat, byte[] person) {
        Hashes {
            chat = chat.clone();
            person = person.clone();
        }
    }
}
