package dev.plimsoll.delivery.telegram;

import java.util.Optional;

/**
 * Where messages go.
 *
 * @param chat  negative for groups; secret
 * @param topic the {@code message_thread_id}, in groups that have topics
 */
public record Place(long chat, Optional<Long> topic) {

    public static Place chat(long chat) {
        return new Place(chat, Optional.empty());
    }

    /** Whether Telegram counts it as a group: 20 messages a minute. */
    public boolean isGroup() {
        return chat < 0;
    }

    /** Never the chat. */
    @Override
    public String toString() {
        return isGroup() ? "Place[group]" : "Place[private]";
    }
}
