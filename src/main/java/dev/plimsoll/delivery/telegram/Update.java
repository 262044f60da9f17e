package dev.plimsoll.delivery.telegram;

import dev.plimsoll.delivery.telegram.ChatAddress.Kind;
import java.util.Optional;

/** Something that happened in a chat with the bot. */
public sealed interface Update {

    /** Rises, and is the same however often Telegram says it. */
    long id();

    /** Where. */
    Place place();

    /**
     * Somebody wrote.
     *
     * @param kind    of the chat
     * @param title   of a group, or the person's name
     * @param from    empty for those who write in the name of a group
     * @param text    empty for what is no text: a sticker, a picture without words
     * @param message its id
     * @param replyTo the bot's message that it answers; empty where it answers nobody, or somebody else
     * @param passedOn whether somebody else wrote it, and it was only forwarded
     */
    record Typed(
            long id,
            Place place,
            Kind kind,
            String title,
            Optional<Person> from,
            String text,
            long message,
            Optional<Long> replyTo,
            boolean passedOn)
            implements Update {}

    /**
     * Somebody pressed a button. It turns until it is answered: {@link BotApi#answer}.
     *
     * @param press   to answer it
     * @param message below which the button stands
     * @param data    empty where no button of this version says that
     */
    record Pressed(
            long id, Place place, Kind kind, Person from, String press, long message, Optional<CallbackData> data)
            implements Update {}

    /**
     * The bot was let in or put out; in a private chat, unblocked or blocked.
     *
     * @param by     who did it
     * @param before whether it could write there until then
     * @param inside whether it can write there now
     */
    record Membership(long id, Place place, Kind kind, String title, Person by, boolean before, boolean inside)
            implements Update {}

    /** A group became a supergroup. */
    record Moved(long id, Place place, long to) implements Update {}
}
