package dev.plimsoll.delivery;

/**
 * The person that a channel leads to where that is not its owner: told of the last step of an escalation, and of how that
 * goes on.
 *
 * @param name  of the person, as the owner calls them
 * @param asker the name of the account that asked them
 */
public record Buddy(String name, String asker) {

    /** Whoever has agreed to nothing yet gets no link by way of a name: {@code evil. example} is none. */
    Buddy withoutLinks() {
        return new Buddy(withoutLinks(name), withoutLinks(asker));
    }

    private static String withoutLinks(String name) {
        return name.replaceAll("[:/]*//+", ": ").replaceAll("\\.(?=\\S)", ". ");
    }
}
