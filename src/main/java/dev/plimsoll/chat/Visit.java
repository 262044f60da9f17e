package dev.plimsoll.chat;

import dev.plimsoll.chat.ChatLink.Hashes;
import dev.plimsoll.delivery.telegram.ChatAddress.Kind;
import dev.plimsoll.delivery.telegram.Person;
import dev.plimsoll.delivery.telegram.Place;
import dev.plimsoll.delivery.telegram.Update;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who says something in a chat, and the accounts the chat is linked to.
 *
 * @param title  of a group, or a person's name
 * @param person empty for those who write in the name of a group
 * @param links  of this topic where it has its own, else of the whole chat
 */
record Visit(Update update, Kind kind, String title, Optional<Person> person, Hashes who, List<ChatLink> links) {
    Visit {
        links = List.copyOf(links);
    }

    Place place() {
        return update.place();
    }

    boolean isPrivate() {
        return !kind.isShared();
    }

    /** Of accounts whose own chat it is: whoever is told as a buddy is told of no account. */
    List<ChatLink> own() {
        return links.stream().filter(link -> !link.buddy()).toList();
    }

    /** Only of others is anything told here. */
    boolean isBuddys() {
        return own().isEmpty() && !links.isEmpty();
    }

    /** Whether they may change things of the account; nobody may in the name of a group. */
    boolean owns(ChatLink link) {
        return person.isPresent() && link.isOwnedBy(who);
    }

    /** How others are told who it was. */
    String name() {
        return person.map(Names::shown).orElse("somebody");
    }
}
