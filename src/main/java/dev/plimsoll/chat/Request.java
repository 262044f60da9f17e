package dev.plimsoll.chat;

import java.util.Optional;
import java.util.UUID;

/**
 * One command.
 *
 * @param link  of the account it is for; empty where it needs none
 * @param words after the command's name
 */
record Request(Visit visit, Optional<ChatLink> link, String words) {

    /** Only of commands that need one. */
    UUID account() {
        return link.orElseThrow(() -> new IllegalStateException("this command is for no account"))
                .account();
    }

    boolean isByOwner() {
        return link.filter(visit::owns).isPresent();
    }
}
