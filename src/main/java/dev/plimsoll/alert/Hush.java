package dev.plimsoll.alert;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Why the owner does not know the last of a firing alert; as soon as that is over, it is told once. */
public enum Hush {
    /** Nothing was kept from them. */
    NONE,
    /** A silence covers it. */
    SILENCED,
    /** Another alert tells the cause. */
    INHIBITED;

    /** As in the database, where none is null. */
    Optional<String> word() {
        return this == NONE ? Optional.empty() : Optional.of(name().toLowerCase(Locale.ROOT));
    }

    static Hush parse(Optional<String> word) {
        return Stream.of(values())
                .filter(hush -> hush.word().equals(word))
                .findFirst()
                .orElse(NONE);
    }
}
