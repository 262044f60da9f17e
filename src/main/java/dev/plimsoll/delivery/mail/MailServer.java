package dev.plimsoll.delivery.mail;

import dev.plimsoll.delivery.MailAddress;
import dev.plimsoll.delivery.mail.MailConfig.Encryption;
import java.util.Optional;

/**
 * A mail server as it is configured, whole.
 *
 * @param from that mails come from
 */
public record MailServer(String host, int port, Encryption encryption, MailAddress from, String fromName) {
    private static final String PREFIX = "plimsoll.delivery.email.";
    private static final int MOST_CONNECTIONS = 100;

    /**
     * Empty where none is configured.
     *
     * @throws IllegalArgumentException for one that cannot work, with a sentence for the operator
     */
    public static Optional<MailServer> of(MailConfig config) {
        return config.host().map(host -> {
            require(config.port() >= 1 && config.port() <= 65_535, "port", "must be from 1 to 65535");
            require(
                    config.connections() >= 1 && config.connections() <= MOST_CONNECTIONS,
                    "connections",
                    "must be from 1 to " + MOST_CONNECTIONS);
            require(
                    config.username().isPresent() == config.password().isPresent(),
                    "username",
                    "and " + PREFIX + "password are said together or not at all");
            require(
                    config.password().isEmpty() || config.encryption() != Encryption.NONE,
                    "encryption",
                    "must be starttls or tls where there is a password");
            return new MailServer(host, config.port(), config.encryption(), from(config), config.fromName());
        });
    }

    /** Why the configured one cannot work, as a sentence for the operator; empty where it can, or where none is. */
    public static Optional<String> fault(MailConfig config) {
        try {
            of(config);
            return Optional.empty();
        } catch (IllegalArgumentException unusable) {
            return Optional.of(unusable.getMessage() + ".");
        }
    }

    private static MailAddress from(MailConfig config) {
        var from = config.from().flatMap(MailAddress::parse);
        require(from.isPresent(), "from", "must be the address that mails come from, such as alerts@example.org");
        return from.orElseThrow();
    }

    private static void require(boolean kept, String setting, String otherwise) {
        if (!kept) {
            throw new IllegalArgumentException(PREFIX + setting + " " + otherwise);
        }
    }

    Envelopes envelopes() {
        return new Envelopes(from, fromName);
    }
}
