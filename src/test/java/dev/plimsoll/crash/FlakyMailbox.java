package dev.plimsoll.crash;

import static org.awaitility.Awaitility.await;

import dev.plimsoll.delivery.mail.SmtpServer;
import dev.plimsoll.delivery.mail.SmtpServer.Mail;
import dev.plimsoll.delivery.mail.SmtpServer.Step;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * A mailbox behind a mail server that, while flaky, greylists one mail in five, goes away in the middle of one in ten and
 * hangs up on one in ten when it was sent whole, without taking it. Never three times in a row: then no mail waits for a late
 * try of the retry schedule.
 */
final class FlakyMailbox implements AutoCloseable {
    static final String ADDRESS = "ada@example.org";
    private static final Pattern CONFIRM = Pattern.compile("Confirm this address: (https://\\S+)");

    private final SmtpServer server = new SmtpServer();
    private final Random random;
    private int inARow;
    private boolean flaky;

    FlakyMailbox(long seed) {
        random = new Random(seed);
        server.moody(this::mood);
    }

    /** By which the service sends its mails here. */
    Map<String, String> settings() {
        return Map.of(
                "plimsoll.api.public-url", "https://plimsoll.example",
                "plimsoll.delivery.email.host", "127.0.0.1",
                "plimsoll.delivery.email.port", Integer.toString(server.port()),
                "plimsoll.delivery.email.encryption", "none",
                "plimsoll.delivery.email.from", "alerts@plimsoll.example");
    }

    synchronized void flaky(boolean flaky) {
        this.flaky = flaky;
    }

    private synchronized Optional<String> mood(Step step) {
        if (!flaky || inARow == 2) {
            inARow = step == Step.END ? 0 : inARow;
            return Optional.empty();
        }
        var fails = switch (step) {
            case RCPT -> random.nextInt(5) == 0 ? Optional.of("450 4.7.1 Greylisted") : Optional.<String>empty();
            case DATA -> random.nextInt(10) == 0 ? Optional.of("421 4.3.2 Shutting down") : Optional.<String>empty();
            case END -> random.nextInt(10) == 0 ? Optional.of(SmtpServer.HANGS_UP) : Optional.<String>empty();
            case GREETING, EHLO, AUTH, MAIL -> Optional.<String>empty();
        };
        inARow = fails.isPresent() ? inARow + 1 : step == Step.END ? 0 : inARow;
        return fails;
    }

    /** Where the last mail wants to be confirmed. */
    String confirmation() {
        await().until(() -> !server.mails().isEmpty());
        var found = CONFIRM.matcher(server.mails().getLast().raw().replace("=\n", ""));
        if (!found.find()) {
            throw new AssertionError("no link in " + server.mails().getLast().raw());
        }
        return URI.create(found.group(1)).getPath();
    }

    /** Mails of alerts, in the order in which they were taken. */
    List<Mail> taken() {
        return server.mails().stream()
                .filter(Mail::taken)
                .filter(mail -> mail.find("List-Unsubscribe").isPresent())
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
