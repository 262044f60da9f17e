package dev.plimsoll.account;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The operator's own key, from the configuration. */
@Startup
@ApplicationScoped
public class AdminKey {
    private static final int MIN_CHARACTERS = 20;

    private final Optional<String> key;

    AdminKey(AccountConfig config) {
        this.key = config.adminKey();
        if (key.isPresent() && key.get().length() < MIN_CHARACTERS) {
            throw new IllegalArgumentException(
                    "plimsoll.account.admin-key needs at least " + MIN_CHARACTERS + " characters: it could be guessed");
        }
    }

    public boolean is(String given) {
        return key.isPresent() && KeySecret.same(key.get(), given);
    }
}
