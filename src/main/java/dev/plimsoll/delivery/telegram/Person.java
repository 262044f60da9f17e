package dev.plimsoll.delivery.telegram;

import java.util.Optional;

/**
 * Who wrote or pressed.
 *
 * @param id       of Telegram, the same in every chat
 * @param name     first and last name, as they write themselves
 * @param username without the {@code @}
 * @param language the tag of their app: {@code de}
 * @param bot      whether it is a program
 */
public record Person(long id, String name, Optional<String> username, Optional<String> language, boolean bot) {

    /** Never who. */
    @Override
    public String toString() {
        return bot ? "Person[bot]" : "Person[]";
    }
}
