package dev.plimsoll.delivery.telegram;

import java.util.Optional;
import java.util.UUID;

/**
 * What a button says when it is pressed: at most 64 bytes. Anybody in the chat may press it, and a program may say what no
 * button does: whoever acts on it asks whose chat it is.
 */
public sealed interface CallbackData {
    /** Of Telegram, in UTF-8. */
    int MAX_BYTES = 64;

    record Acknowledge(UUID alert) implements CallbackData {}

    /** All that the message tells of below which it stands: {@link dev.plimsoll.delivery.Threads#alerts}. */
    record AcknowledgeAll() implements CallbackData {}

    /** For an hour. */
    record Snooze(UUID alert) implements CallbackData {}

    record Repaid(UUID alert) implements CallbackData {}

    record Details(UUID alert) implements CallbackData {}

    /**
     * One answer in a conversation step by step.
     *
     * @param choice at most 41 bytes in UTF-8
     */
    record Step(UUID conversation, String choice) implements CallbackData {
        /** What is left of 64 beside the letter and the id. */
        public static final int MAX_CHOICE_BYTES = MAX_BYTES - 1 - CallbackDataCodec.ID_LETTERS;

        public Step {
            CallbackDataCodec.fit(choice, MAX_CHOICE_BYTES);
        }
    }

    /**
     * A command that needs no typing.
     *
     * @param words without the slash: {@code positions}, {@code rules 2}; at most 63 bytes in UTF-8
     */
    record Run(String words) implements CallbackData {
        public Run {
            CallbackDataCodec.fit(words, MAX_BYTES - 1);
        }
    }

    default String encode() {
        return CallbackDataCodec.encode(this);
    }

    /** Empty for what no button of this version says. */
    static Optional<CallbackData> decode(String data) {
        return CallbackDataCodec.decode(data);
    }
}
