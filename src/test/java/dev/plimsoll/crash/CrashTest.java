package dev.plimsoll.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service, killed again and again. */
class CrashTest {
    /** Kills the service three times and its database twice. */
    private static final long SEED = 7;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void nothingIsLostWhenTheServiceOrItsDatabaseIsKilled() throws Exception {
        var seed = Long.getLong("plimsoll.crash.seed", SEED);
        try (var run = new CrashRun(folder, seed, System.out)) {

            var reckoning = run.run(5);

            System.out.printf("crash run: seed=%d %s%n", seed, reckoning);
            assertThat(reckoning.notices()).isGreaterThanOrEqualTo(5 * 20);
            assertThat(reckoning.lost()).as("lost, seed %d", seed).isEmpty();
            assertThat(reckoning.unexcused()).as("duplicated, seed %d", seed).isEmpty();
        }
    }
}
