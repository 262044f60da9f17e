package dev.plimsoll.delivery;

/**
 * The person that a channel leads to where that is not its owner: told of the last step of an escalation, and of how that
 * goes on.
 *
 * @param name  of the person, as the owner calls them
 * @param asker the name of the account that asked them
 */
public record Buddy(String name, String asker) {}
