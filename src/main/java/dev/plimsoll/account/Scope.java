package dev.plimsoll.account;

import java.util.Locale;
import java.util.Optional;

/** What an API key may do; each includes those before it. */
public enum Scope {
    /** Looks at everything of the account. */
    READ,
    /** Works with positions, rules, alerts and deliveries; tries out channels. */
    OPERATE,
    /** Also the account itself, its keys and where its channels lead. */
    FULL;

    public boolean includes(Scope needed) {
        return compareTo(needed) >= 0;
    }

    /** As the API and the database write it: {@code operate}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Scope> ofWord(String word) {
        return switch (word) {
            case "read" -> Optional.of(READ);
            case "operate" -> Optional.of(OPERATE);
            case "full" -> Optional.of(FULL);
            default -> Optional.empty();
        };
    }
}
