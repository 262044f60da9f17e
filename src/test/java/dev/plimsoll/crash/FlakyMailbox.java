package dev.plimsoll.crash;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.crash.FlakyReceiver.Message;
import dev.plimsoll.delivery.mail.SmtpServer;
import dev.plimsoll.delivery.mail.SmtpServer.Mail;
import dev.plimsoll.delivery.mail.SmtpServer.Step;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A mailbox behind a mail server that, while flaky, greylists one mail, goes away in the middle of another, and fails one in
 * four once when it was sent whole, without taking it: then no mail waits for a late try of the retry schedule.
 */
final class FlakyMailbox implements AutoCloseable {
    private static final List<String> AT_THE_END =
            List.of("451 4.7.1 Greylisted", "421 4.3.2 Shutting down", SmtpServer.HANGS_UP);
    private static final Pattern DELIVERY = Pattern.compile("(?m)^Plimsoll-Delivery: (\\S+)");
    private static final Pattern CONFIRM = Pattern.compile("Confirm this address: (https://\\S+)");

    private final SmtpServer server = new SmtpServer();
    private final Random random;
    private final Set<String> failed = new HashSet<>();
    private final AtomicInteger addresses = new AtomicInteger();
    private boolean flaky;

    FlakyMailbox(long seed) {
        random = new Random(seed);
        server.moody(this::mood);
    }

    /** Where the mail server listens. */
    String place() {
        return "127.0.0.1:" + server.port();
    }

    /** By which the service sends its mails here. @param place of the mail server, as the service reaches it */
    static Map<String, String> settings(String place) {
        var server = place.split(":");
        return Map.of(
                "plimsoll.api.public-url", "https://plimsoll.example",
                "plimsoll.delivery.email.host", server[0],
                "plimsoll.delivery.email.port", server[1],
                "plimsoll.delivery.email.encryption", "none",
                "plimsoll.delivery.email.from", "alerts@plimsoll.example");
    }

    synchronized void flaky(boolean flaky) {
        this.flaky = flaky;
    }

    private synchronized Optional<String> mood(Step step, String mail) {
        return switch (step) {
            case RCPT -> Optional.of("450 4.7.1 Greylisted").filter(once -> flaky && failed.add(step.name()));
            case DATA -> Optional.of("421 4.3.2 Shutting down").filter(once -> flaky && failed.add(step.name()));
            case END ->
                Optional.of(AT_THE_END.get(random.nextInt(AT_THE_END.size())))
                        .filter(fails -> flaky && random.nextInt(4) == 0 && failed.add(delivery(mail)));
            case GREETING, EHLO, AUTH, MAIL -> Optional.empty();
        };
    }

    private static String delivery(String mail) {
        var found = DELIVERY.matcher(mail);
        return found.find() ? found.group(1) : "";
    }

    /** One that nobody else has. */
    String address() {
        return "ada-" + addresses.incrementAndGet() + "@example.org";
    }

    /** Where this address is confirmed, by the mail that asks for it. */
    String confirmation(String address) {
        var asks = await("a mail to " + address)
                .until(() -> mails(address).map(Mail::raw).findFirst(), Optional::isPresent)
                .orElseThrow();
        var found = CONFIRM.matcher(asks.replace("=\n", ""));
        if (!found.find()) {
            throw new AssertionError("no link in " + asks);
        }
        return URI.create(found.group(1)).getPath();
    }

    private Stream<Mail> mails(String address) {
        return server.mails().stream().filter(mail -> mail.to().equals(address));
    }

    /** Mails of alerts, in the order in which they were taken. */
    List<Mail> taken() {
        return alerts().filter(Mail::taken).toList();
    }

    private Stream<Mail> alerts() {
        return server.mails().stream()
                .filter(mail -> mail.find("List-Unsubscribe").isPresent());
    }

    /** The same, by their deliveries. */
    List<Message> accepted() {
        return taken().stream()
                .map(mail -> new Message(mail.header("Plimsoll-Delivery"), new JsonObject(), mail.at()))
                .toList();
    }

    /** Deliveries whose attempts, taken or not, did not all bear the same Message-ID. */
    List<String> renamed() {
        return alerts()
                .collect(groupingBy(
                        mail -> mail.header("Plimsoll-Delivery"), mapping(mail -> mail.header("Message-ID"), toSet())))
                .entrySet()
                .stream()
                .filter(delivery -> delivery.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
