package dev.plimsoll.ops.check;

import dev.plimsoll.delivery.mail.Knock;
import dev.plimsoll.delivery.mail.MailConfig;
import dev.plimsoll.delivery.mail.MailServer;
import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.ops.check.Finding.Fine;
import dev.plimsoll.ops.check.Finding.Weak;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Whether the mail server lets us in, and whether mails can carry links. Sends no mail. */
record MailCheck(Config config, MailConfig mail) {
    private static final String SUBJECT = "e-mail";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    Finding finding() {
        return MailServer.fault(mail)
                .<Finding>map(sentence -> new Fault(SUBJECT, sentence))
                .orElseGet(() -> MailServer.of(mail)
                        .map(this::finding)
                        .orElseGet(() -> new Fine(
                                SUBJECT, "not set up: plimsoll.delivery.email.host would name a mail server")));
    }

    private Finding finding(MailServer server) {
        var place = server.host() + ":" + server.port();
        var refusal = knock(server);
        if (refusal.isPresent()) {
            return new Fault(
                    SUBJECT,
                    "No mail can be sent by %s (%s): mend plimsoll.delivery.email.*; mails wait until then."
                            .formatted(place, refusal.get()));
        }
        return config.getOptionalValue("plimsoll.api.public-url", String.class).isPresent()
                ? new Fine(SUBJECT, place + " lets us in, " + way(server))
                : new Weak(
                        SUBJECT,
                        "mails carry no links to confirm, acknowledge or unsubscribe: set plimsoll.api.public-url to"
                                + " where people reach this Plimsoll.");
    }

    private String way(MailServer server) {
        var encryption = server.encryption().name().toLowerCase(Locale.ROOT);
        return "encryption=" + encryption + (mail.password().isPresent() ? ", logged in" : ", without a login");
    }

    private Optional<String> knock(MailServer server) {
        return Asking.now(vertx -> Knock.at(server, mail, vertx, PATIENCE), PATIENCE);
    }
}
