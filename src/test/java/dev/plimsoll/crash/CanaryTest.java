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
    void noSecretStandsInClearInLogsMetricsTracesErrorsTheDatabaseOrItsFiles() throws Exception {
        try (var run = new CanaryRun(folder)) {
            run.begin();
            var owner = new CanaryOwner(run);
            owner.usesEveryChannel();
            var chat = new CanaryChat(run);

            var mails = run.mail().count();
            run.pricesFall();
            run.secrets().plant("token of a one-click link", run.mail().says(mails, "/api/v1/l/([A-Za-z0-9_-]+)"));
            run.everythingFails();
            owner.triesEveryChannel();
            chat.telegramFails();
            owner.strangersSendWhatIsWrong();

            assertThat(run.secrets().names()).hasSizeGreaterThan(30);
            assertThat(run.found()).isEmpty();

            run.end();
            assertThat(run.foundInFiles()).isEmpty();
        }
    }
}
