package dev.plimsoll.ops.provisioning;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Accounts that come from files: applied whenever the files change, also while nobody looked. */
@ConfigMapping(prefix = "plimsoll.provisioning")
public interface ProvisioningConfig {

    /**
     * A file, or a folder of files, named {@code *.yaml}, {@code *.yml} or {@code *.json}; each holds {@code accounts}, a list
     * of bundles. Without it no account comes from a file.
     */
    Optional<Path> path();

    /** How often the files are read again, to find what changed; at least 1 s. */
    @WithDefault("10s")
    Duration every();
}
