package dev.plimsoll.ops.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.delivery.mail.MailConfig;
import dev.plimsoll.delivery.mail.SmtpServer;
import dev.plimsoll.delivery.mail.SmtpServer.Step;
import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.ops.check.Finding.Fine;
import dev.plimsoll.ops.check.Finding.Weak;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MailCheckTest {
    private static final String URL = "plimsoll.api.public-url";

    @Test
    void withoutAMailServerItSaysHowToNameOne() {
        assertThat(finding(Map.of()))
                .isEqualTo(new Fine("e-mail", "not set up: plimsoll.delivery.email.host would name a mail server"));
    }

    @Test
    void aServerThatLetsUsInGetsNoMail() {
        try (var server = new SmtpServer()) {
            var found = finding(settings(server, Map.of(URL, "https://plimsoll.example")));

            assertThat(found)
                    .isEqualTo(new Fine(
                            "e-mail", "127.0.0.1:" + server.port() + " lets us in, encryption=none, without a login"));
            assertThat(server.mails()).isEmpty();
        }
    }

    @Test
    void withoutAPublicAddressItSaysWhatIsMissing() {
        try (var server = new SmtpServer()) {
            var found = (Weak) finding(settings(server, Map.of()));

            assertThat(found.sentence()).contains(URL);
        }
    }

    @Test
    void aServerThatRefusesUsIsAFaultInOurWords() {
        try (var server = new SmtpServer().answers(Step.GREETING, "554 no service for you")) {
            var found = (Fault) finding(settings(server, Map.of(URL, "https://plimsoll.example")));

            assertThat(found.sentence()).contains("does not let us in: 554").doesNotContain("no service");
        }
    }

    @Test
    void whatCannotWorkIsToldWithoutThePassword() {
        try (var server = new SmtpServer()) {
            var found = finding(settings(
                    server,
                    Map.of(
                            "plimsoll.delivery.email.username",
                            "us",
                            "plimsoll.delivery.email.password",
                            "hush-hush-7")));

            assertThat(((Fault) found).sentence())
                    .contains("plimsoll.delivery.email.encryption must be starttls or tls")
                    .doesNotContain("hush-hush-7");
        }
    }

    private static Map<String, String> settings(SmtpServer server, Map<String, String> more) {
        var settings = new HashMap<>(Map.of(
                "plimsoll.delivery.email.host", "127.0.0.1",
                "plimsoll.delivery.email.port", Integer.toString(server.port()),
                "plimsoll.delivery.email.encryption", "none",
                "plimsoll.delivery.email.from", "alerts@example.com"));
        settings.putAll(more);
        return settings;
    }

    private static Finding finding(Map<String, String> settings) {
        var builder = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(MailConfig.class)
                .withValidateUnknown(false);
        settings.forEach(builder::withDefaultValue);
        var config = builder.build();
        return new MailCheck(config, config.getConfigMapping(MailConfig.class)).finding();
    }
}
