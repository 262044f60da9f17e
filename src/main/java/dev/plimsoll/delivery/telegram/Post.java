package dev.plimsoll.delivery.telegram;

import java.util.Optional;

/**
 * One message.
 *
 * @param text     what is beyond 4,096 UTF-16 units is cut
 * @param silent   whether it arrives without a sound
 * @param replyTo  the message it answers; sent all the same where that is gone
 */
public record Post(
        Place place, RichText text, Keyboard keyboard, boolean silent, Optional<Long> replyTo, Precedence precedence) {
    public Post {
        text = text.cut(RichText.MAX_LENGTH);
    }

    /** Heard, without buttons. */
    public static Post of(Place place, RichText text) {
        return new Post(place, text, Keyboard.NONE, false, Optional.empty(), Precedence.USUAL);
    }

    public Post with(Keyboard buttons) {
        return new Post(place, text, buttons, silent, replyTo, precedence);
    }

    public Post with(Precedence other) {
        return new Post(place, text, keyboard, silent, replyTo, other);
    }

    public Post silently() {
        return new Post(place, text, keyboard, true, replyTo, precedence);
    }

    public Post inReplyTo(long message) {
        return new Post(place, text, keyboard, silent, Optional.of(message), precedence);
    }

    /** The same in another chat: where a group became a supergroup. Its topics are gone with it. */
    public Post movedTo(long chat) {
        return new Post(Place.chat(chat), text, keyboard, silent, Optional.empty(), precedence);
    }
}
