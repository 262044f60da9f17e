package dev.plimsoll.delivery;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * An active channel, to whoever spreads notices.
 *
 * @param wants  the types of notice it tells of
 * @param onlyOf of another person's, the alerts it was told of: unless it is named, it hears of no others
 */
record Hearer(UUID channel, Predicate<String> wants, Optional<Set<UUID>> onlyOf) {

    /** One of the account's own. */
    Hearer(UUID channel, Predicate<String> wants) {
        this(channel, wants, Optional.empty());
    }

    /** Whether it hears what is for everybody. */
    boolean hearsAnyway(Notice notice) {
        return onlyOf.isEmpty() || notice.alert().filter(onlyOf.get()::contains).isPresent();
    }
}
