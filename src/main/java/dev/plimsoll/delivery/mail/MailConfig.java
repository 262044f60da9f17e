package dev.plimsoll.delivery.mail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The mail server through which e-mail leaves: the operator's own or a provider's, which signs it (DKIM) and sends it on. */
@ConfigMapping(prefix = "plimsoll.delivery.email")
public interface MailConfig {

    /** Its name; without it nobody can have such a channel. */
    Optional<String> host();

    /** Its port; usually 587, or 465 where TLS begins at once. */
    @WithDefault("587")
    int port();

    /** How the way there is protected. */
    @WithDefault("starttls")
    Encryption encryption();

    /** Certificates in PEM that its own must be signed by, where the usual authorities did not. */
    Optional<Path> trust();

    /** As whom we log in there. Without a password nobody does. */
    Optional<String> username();

    /** For that user. Only ever sent over TLS. */
    Optional<String> password();

    /** The address that mails come from and that answers and bounces go to, such as {@code alerts@example.org}. */
    Optional<String> from();

    /** The name that is shown with it. */
    @WithDefault("Plimsoll")
    String fromName();

    /** Connections of this replica at once, 1 to 100. */
    @WithDefault("8")
    int connections();

    /**
     * How long the mail server may say nothing before its connection is given up; not less than an attempt takes
     * ({@code plimsoll.delivery.timeout}). So long it may look into a mail: that one is not sent again meanwhile.
     */
    @WithDefault("2m")
    Duration patience();

    /** How the way to the mail server is protected. */
    enum Encryption {
        /** By STARTTLS, before anything is said; without it nothing is sent. */
        STARTTLS,
        /** By TLS from the first byte. */
        TLS,
        /** Not at all: for a server on this machine or network that is trusted. */
        NONE
    }
}
