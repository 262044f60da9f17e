package dev.plimsoll.delivery.mail;

import dev.plimsoll.delivery.mail.Flight.Mail;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;

/** Goes as far with the mail server as every mail does before it is named: connection, EHLO, TLS and login. Sends nothing. */
public final class Knock {
    private Knock() {}

    /** Why we are not let in, as a part of a sentence; empty where we are. */
    public static Uni<Optional<String>> at(MailServer server, MailConfig config, Vertx vertx, Duration timeout) {
        return Uni.createFrom().deferred(() -> {
            var relay = new Relay(vertx, config, server.from().domain(), timeout);
            return relay.send("knock", new NoMail(server))
                    .map(sent -> Optional.<String>empty())
                    .onFailure()
                    .recoverWithItem(failure ->
                            failure instanceof LetIn ? Optional.empty() : Optional.of(Breakdown.why(failure, timeout)))
                    .onTermination()
                    .invoke(relay::close);
        });
    }

    /** The mail client asks for the words of a mail when it may begin to send it. */
    private static final class NoMail extends Mail {
        NoMail(MailServer server) {
            setFrom(server.from().value());
            setTo(server.from().value());
        }

        @Override
        public String getText() {
            throw new LetIn();
        }
    }

    private static final class LetIn extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
