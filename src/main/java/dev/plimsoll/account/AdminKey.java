package dev.plimsoll.account;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The operator's own key, from the configuration. */
@Startup
@ApplicationScoped
public class AdminKey {
    private static final int MIN_CHARACTERS = 20;

    private final Optional<String> key;

    AdminKey(AccountConfig config) {
        this.key = config.adminKey().or(() -> config.adminKeyFile().map(AdminKey::read));
        if (key.isPresent() && key.get().length() < MIN_CHARACTERS) {
            throw new IllegalArgumentException(
                    "plimsoll.account.admin-key needs at least " + MIN_CHARACTERS + " characters: it could be guessed");
        }
    }

    private static String read(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().orElse("").strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "plimsoll.account.admin-key-file cannot be read: "
                            + e.getClass().getSimpleName(),
                    e);
        }
    }

    public boolean is(String given) {
        return key.isPresent() && KeySecret.same(key.get(), given);
    }
}
