package dev.plimsoll.delivery.telegram;

/**
 * Who asks for a call.
 *
 * @param chat  stands for the chat, and does not tell which
 * @param group whether the chat is one
 */
record Ask(String chat, boolean group, Precedence precedence) {}
