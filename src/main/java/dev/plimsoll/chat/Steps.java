package dev.plimsoll.chat;

import dev.plimsoll.chat.Talk.Holding;
import dev.plimsoll.delivery.telegram.CallbackData;
import dev.plimsoll.delivery.telegram.Keyboard.Button;
import dev.plimsoll.delivery.telegram.Keyboard.Press;
import java.util.List;
import java.util.UUID;

/** Buttons of a conversation: each says what could as well be typed. */
final class Steps {
    static final String CANCEL = "cancel";

    private Steps() {}

    static Button button(UUID conversation, String label, String said) {
        return new Press(label, new CallbackData.Step(conversation, said));
    }

    static Button cancel(UUID conversation) {
        return button(conversation, "Cancel", CANCEL);
    }

    /** Both ways to read a number. */
    static List<Button> either(UUID conversation, Holding small, Holding large) {
        return List.of(amount(conversation, small), amount(conversation, large));
    }

    /** Says it without trailing zeros, which leave no doubt about thousands. */
    static Button amount(UUID conversation, Holding holding) {
        return button(conversation, Typing.shown(holding), Typing.text(holding));
    }
}
