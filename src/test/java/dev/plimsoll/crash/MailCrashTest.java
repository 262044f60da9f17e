package dev.plimsoll.crash;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.delivery.mail.SmtpServer.Mail;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service, killed while it sends mails to a flaky mail server. */
class MailCrashTest {
    private static final long SEED = 20261121;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private FlakyMailbox mailbox;
    private Scene scene;

    @BeforeEach
    void begin() throws IOException, InterruptedException {
        mailbox = new FlakyMailbox(SEED);
        scene = new Scene(folder, SEED, FlakyMailbox.settings(mailbox.place()));
        scene.begin(api -> api.mailbox(mailbox));
    }

    @AfterEach
    void end() throws InterruptedException {
        scene.close();
        mailbox.close();
    }

    @Test
    void noMailIsLostAndNoneComesAfterTheEndOfItsAlert() throws Exception {
        var kills = new ArrayList<Strike>();
        mailbox.flaky(true);

        scene.fall();
        await().until(() -> mailbox.taken().size() >= 3);
        kills.add(Strike.at("SERVICE", Instant.now()));
        scene.app().kill();
        scene.app().start();
        scene.awaitAll("firing", 1);
        scene.rise();
        await().until(() -> mailbox.taken().stream().anyMatch(MailCrashTest::isEnd));
        kills.add(Strike.at("DATABASE", Instant.now()));
        scene.app().killDatabase();
        scene.awaitAll("resolved", 1);
        mailbox.flaky(false);

        var reckoning = scene.reckon(kills, mailbox::accepted);
        assertThat(reckoning.notices()).isEqualTo(2 * Scene.LOANS);
        assertThat(reckoning.lost()).isEmpty();
        assertThat(reckoning.unexcused()).isEmpty();
        var threads = mailbox.taken().stream().collect(groupingBy(MailCrashTest::thread));
        assertThat(threads).hasSize(Scene.LOANS);
        assertThat(threads.values())
                .allSatisfy(thread -> assertThat(thread.stream().dropWhile(mail -> !isEnd(mail)))
                        .isNotEmpty()
                        .allMatch(MailCrashTest::isEnd));
        assertThat(mailbox.renamed()).isEmpty();
    }

    private static boolean isEnd(Mail mail) {
        return mail.raw().contains("\nResolved: ");
    }

    /** By the id of its first mail. */
    private static String thread(Mail mail) {
        return mail.find("In-Reply-To").orElseGet(() -> mail.header("Message-ID"));
    }
}
