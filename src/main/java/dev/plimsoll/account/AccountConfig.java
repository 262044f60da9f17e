package dev.plimsoll.account;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Who may have an account. */
@ConfigMapping(prefix = "plimsoll.account")
public interface AccountConfig {

    /** Whether anybody may sign up. Without it: open while we listen on loopback alone, closed otherwise. */
    Optional<SignUp> signUp();

    /**
     * The operator's key, at least 20 characters, for {@code /admin}; creates accounts also where sign-up is closed. Without it
     * there is none.
     */
    Optional<String> adminKey();

    /** A file with that key, the text of its first line; instead of the key itself. */
    Optional<Path> adminKeyFile();

    /** How many accounts one client address may make in an hour. */
    @WithDefault("5")
    int signUpsPerHour();

    /** How often one client address may ask in an hour for a way back into an account whose keys are lost. */
    @WithDefault("5")
    int recoveriesPerHour();

    /** How many API keys an account may have. */
    @WithDefault("50")
    int keysPerAccount();

    /** Who may sign up. */
    enum SignUp {
        OPEN,
        CLOSED
    }
}
