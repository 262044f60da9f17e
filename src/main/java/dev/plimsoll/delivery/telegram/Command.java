package dev.plimsoll.delivery.telegram;

/**
 * An entry of the menu.
 *
 * @param name        1 to 32 of a-z 0-9 _
 * @param description 1 to 256 characters
 */
public record Command(String name, String description) {
    public Command {
        if (!name.matches("[a-z0-9_]{1,32}") || description.isEmpty() || description.length() > 256) {
            throw new IllegalArgumentException("no command: " + name);
        }
    }
}
