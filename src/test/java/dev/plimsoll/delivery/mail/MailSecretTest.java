package dev.plimsoll.delivery.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.api.PagersProfile;
import dev.plimsoll.delivery.DeliveryConfig;
import dev.plimsoll.delivery.MailAddress;
import dev.plimsoll.wire.Certificates;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the logging of the application: what a mail server repeats is not repeated by us. */
@QuarkusTest
@TestProfile(PagersProfile.class)
class MailSecretTest {
    private static final String PASSWORD = "hush-hush-7";
    private static final MailAddress ADA =
            MailAddress.parse("ada.secret@example.org").orElseThrow();

    @Inject
    DeliveryConfig delivery;

    @Inject
    Vertx vertx;

    @TempDir
    Path folder;

    @Test
    void aServerThatRepeatsThePasswordOrTheAddressIsNotQuotedInAnyLog() {
        var lines = new CopyOnWriteArrayList<String>();
        var ear = new Ear(lines);
        Logger.getLogger("").addHandler(ear);
        var certificate = Certificates.selfSigned("localhost");
        try (var server = new SmtpServer(Optional.of(certificate), Optional.of("us another"))) {
            server.alwaysAnswers(SmtpServer.Step.AUTH, "535 5.7.8 this is no password: " + PASSWORD);
            var settings = Map.of(
                    "host",
                    "localhost",
                    "port",
                    Integer.toString(server.port()),
                    "from",
                    "alerts@example.com",
                    "trust",
                    Pem.of(certificate, folder).toString(),
                    "username",
                    "us",
                    "password",
                    PASSWORD);
            var postman = new Postman(Mails.config(settings), delivery, vertx);

            var outcome =
                    postman.send(Mails.letter(), ADA, Instant.now()).await().atMost(Duration.ofMinutes(1));

            postman.close();
            assertThat(outcome.why()).contains("535").doesNotContain(PASSWORD);
        } finally {
            Logger.getLogger("").removeHandler(ear);
        }
        assertThat(lines).isNotEmpty().noneMatch(line -> line.contains(PASSWORD) || line.contains("ada.secret"));
    }

    private static final class Ear extends Handler {
        private final List<String> lines;

        private Ear(List<String> lines) {
            this.lines = lines;
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord line) {
            lines.add(line.getMessage() + " "
                    + List.of(line.getParameters() == null ? new Object[0] : line.getParameters()) + " "
                    + line.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
