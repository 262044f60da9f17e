package dev.plimsoll.chat;

import dev.plimsoll.delivery.telegram.Command;
import io.smallrye.mutiny.Uni;

/** One command, such as {@code /status}. Implementations are beans, one file each, found by CDI; together they are the menu. */
interface ChatCommand {

    /** Its name and what the menu says of it. */
    Command entry();

    /** Where it stands in the menu, the lowest first. */
    int place();

    /** Who may say it. */
    Audience audience();

    /** Who may say it with these words behind it. */
    default Audience audience(String words) {
        return audience();
    }

    Uni<Reply> run(Request request);

    /** Who may say a command. */
    enum Audience {
        /** Also where no account is linked. */
        ANYBODY,
        /** Everybody who reads in a chat that is linked. */
        READERS,
        /** Whoever linked the chat. */
        OWNER,
        /** The same, where nobody else reads the answer. */
        OWNER_ALONE
    }
}
