package dev.plimsoll.delivery.telegram;

import java.time.Duration;
import java.util.Optional;

/**
 * What became of a call. Words are ours and may be stored and shown: nothing of a token, a chat or what Telegram wrote.
 *
 * @param <T> what Telegram answers where all is well
 */
public sealed interface Answer<T> {

    record Done<T>(T value) implements Answer<T> {}

    /**
     * Not now: a limit, ours or Telegram's. Nothing was done.
     *
     * @param pause before it is worth trying again, 1 s at least
     * @param asked whether Telegram said so; else it was not called at all
     */
    record Later<T>(Duration pause, String why, boolean asked) implements Answer<T> {}

    /** The group became a supergroup: send it there, and keep this id in place of the other. */
    record Moved<T>(long chat) implements Answer<T> {}

    /** Nothing arrives in this chat any more: the bot was blocked or put out, or the chat is gone. */
    record Unreachable<T>(int status, String why) implements Answer<T> {}

    /** The message is like that already. */
    record Unchanged<T>() implements Answer<T> {}

    /** The message that was to be edited, pinned or deleted is no longer there, or too old. */
    record Missing<T>(String why) implements Answer<T> {}

    /**
     * This call never; another may be taken.
     *
     * @param isMarkup whether it was the markup of the text that could not be read
     */
    record Refused<T>(int status, String why, boolean isMarkup) implements Answer<T> {}

    /** No call at all, before the operator mends the settings. */
    record Misconfigured<T>(Optional<Integer> status, String why) implements Answer<T> {}

    /** No answer, or an error of Telegram's. It may have been done all the same. */
    record Failed<T>(Optional<Integer> status, String why) implements Answer<T> {}
}
