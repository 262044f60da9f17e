package dev.plimsoll.chat;

import dev.plimsoll.delivery.telegram.Person;
import dev.plimsoll.unit.Printable;
import dev.plimsoll.unit.SecretShape;

/** What people call themselves, made fit to be kept and to stand in a sentence. */
final class Names {
    private static final String NOBODY = "somebody";
    private static final int LONGEST = 60;

    private Names() {}

    static String shown(Person person) {
        return shown(person.name());
    }

    static String shown(String name) {
        var kept = name.codePoints()
                .filter(Printable::prints)
                .limit(LONGEST)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return kept.isEmpty() || SecretShape.matches(kept) ? NOBODY : kept;
    }
}
