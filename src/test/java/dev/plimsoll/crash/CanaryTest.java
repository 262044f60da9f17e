package dev.plimsoll.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Every secret of a whole life of the service, planted and looked for afterwards. */
class CanaryTest {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void noSecretStandsInClearInLogsMetricsErrorsTheDatabaseOrItsFiles() throws Exception {
        try (var run = new CanaryRun(folder)) {
            run.begin();
            run.ownerUsesEveryChannel();
            run.ownerWritesInTelegram();
            run.everythingFailsAndIsRepeated();
            run.strangersSendWhatIsWrong();

            assertThat(run.secrets().names()).hasSizeGreaterThan(30);
            assertThat(run.found()).isEmpty();

            run.end();
            assertThat(run.foundInFiles()).isEmpty();
        }
    }
}
