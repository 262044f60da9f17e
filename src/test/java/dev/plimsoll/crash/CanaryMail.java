package dev.plimsoll.crash;

import static org.awaitility.Awaitility.await;

import dev.plimsoll.delivery.mail.Pem;
import dev.plimsoll.delivery.mail.SmtpServer;
import dev.plimsoll.delivery.mail.SmtpServer.Step;
import dev.plimsoll.wire.Certificates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mail server that repeats, when it refuses, what it was told. */
final class CanaryMail implements AutoCloseable {
    static final String ADDRESS = "canary.mailbox.7f3a@example.org";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String PASSWORD = "smtp-canary-Zq8wK2";
    private static final Map<Step, String> REFUSALS = Map.of(
            Step.AUTH, "535 5.7.8 this is no password: " + PASSWORD,
            Step.RCPT, "550 5.1.1 no such user " + ADDRESS);

    private final AtomicReference<Optional<Step>> refusedAt = new AtomicReference<>(Optional.empty());
    private final SmtpServer server;
    private final Path trusted;

    CanaryMail(Canaries secrets, Path folder) {
        var certificate = Certificates.selfSigned("localhost");
        trusted = Pem.of(certificate, folder);
        server =
                new SmtpServer(Optional.of(certificate), Optional.of("us " + secrets.plant("SMTP password", PASSWORD)));
        server.moody((step, to) -> refusedAt.get().filter(step::equals).map(REFUSALS::get));
    }

    Map<String, String> settings() {
        return Map.of(
                "plimsoll.delivery.email.host",
                "localhost",
                "plimsoll.delivery.email.port",
                Integer.toString(server.port()),
                "plimsoll.delivery.email.trust",
                trusted.toString(),
                "plimsoll.delivery.email.username",
                "us",
                "plimsoll.delivery.email.password",
                PASSWORD,
                "plimsoll.delivery.email.from",
                "alerts@plimsoll.example");
    }

    /** Every time from now on. */
    void refusesAt(Step step) {
        refusedAt.set(Optional.of(step));
    }

    void takes() {
        refusedAt.set(Optional.empty());
    }

    int count() {
        return server.mails().size();
    }

    /** What the first mail after so many says there, once it is there. */
    String says(int after, String pattern) {
        var looked = Pattern.compile(pattern);
        return await(pattern + " in a mail")
                .atMost(PATIENCE)
                .until(
                        () -> server.mails().stream()
                                .skip(after)
                                .map(one -> looked.matcher(
                                        one.raw().replace("=\n", "").replace("=3D", "=")))
                                .filter(Matcher::find)
                                .map(found -> found.group(1))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    @Override
    public void close() {
        server.close();
    }
}
