package dev.plimsoll.chat;

import dev.plimsoll.delivery.telegram.Keyboard;
import dev.plimsoll.delivery.telegram.Keyboard.Button;
import dev.plimsoll.delivery.telegram.RichText;
import java.util.List;
import java.util.Optional;

/**
 * What we answer.
 *
 * @param talk where the conversation goes on; empty where it is over, or there is none
 */
record Reply(RichText text, Keyboard keyboard, Optional<Talk> talk) {

    static Reply of(String text) {
        return of(RichText.plain(text));
    }

    static Reply of(RichText text) {
        return new Reply(text, Keyboard.NONE, Optional.empty());
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    final Reply with(List<Button>... rows) {
        return with(Keyboard.of(rows));
    }

    Reply with(Keyboard buttons) {
        return new Reply(text, buttons, talk);
    }

    Reply going(Talk on) {
        return new Reply(text, keyboard, Optional.of(on));
    }
}
