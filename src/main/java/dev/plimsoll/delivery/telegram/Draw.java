package dev.plimsoll.delivery.telegram;

import java.time.Duration;

/** One call asked of the limits. */
sealed interface Draw {

    /** @param at in microseconds, by the clock of whoever counts */
    record Granted(long at) implements Draw {}

    record Waits(Bound bound, Duration pause) implements Draw {}

    /** What stands against it. Their order is that of the numbers in {@link SharedPace}. */
    enum Bound {
        /** Telegram asked the whole bot to wait, or just for this chat. */
        REST,
        /** What all chats together may get. */
        ALL,
        /** What the chat may get. */
        CHAT
    }
}
