package dev.plimsoll.api;

import dev.plimsoll.unit.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads the query parameters that narrow a list. */
final class Filters {
    private static final String UUID_FORM =
            "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

    private Filters() {}

    static Optional<UUID> id(String name, Optional<String> value) {
        return value.map(text -> {
            if (!text.matches(UUID_FORM)) {
                throw Problems.malformed("'" + name + "' is an id, which is a UUID.");
            }
            return UUID.fromString(text);
        });
    }

    static Optional<String> word(String name, Optional<String> value, List<String> words) {
        return value.map(text -> {
            if (!words.contains(text)) {
                throw Problems.malformed("'" + name + "' is one of '" + String.join("', '", words) + "'"
                        + Nearest.to(text, words)
                                .map(near -> ": did you mean '" + near + "'?")
                                .orElse("."));
            }
            return text;
        });
    }
}
