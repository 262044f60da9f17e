package dev.plimsoll.delivery.mail;

import io.vertx.ext.mail.SMTPException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why a conversation with a mail server failed, in our words: theirs may repeat what is secret. */
final class Breakdown {
    private Breakdown() {}

    /** A part of a sentence. @param timeout of the conversation */
    static String why(Throwable failure, Duration timeout) {
        return switch (failure) {
            case SMTPException answer -> Refusal.of(answer).outcome().why();
            case TimeoutException late -> "no complete answer within " + timeout.toMillis() + " ms";
            case Flight.Unsaid late ->
                "handed over, but the mail server has not said within " + timeout.toMillis()
                        + " ms whether it takes the mail";
            case Relay.Crowded crowded -> "the mail server is too slow for all that waits";
            case ConnectException refused -> "the mail server does not take connections";
            case UnknownHostException unknown -> "the mail server's name is not known";
            case SSLException broken -> "there is no trusted TLS with the mail server";
            case IOException broken -> "the mail server hung up";
            default -> untyped(Optional.ofNullable(failure.getMessage()).orElse(""));
        };
    }

    /** The mail client has no type for these. */
    private static String untyped(String message) {
        if (message.startsWith("STARTTLS required")) {
            return "the mail server offers no STARTTLS, and without it nothing is sent";
        }
        if (message.startsWith("login is required")) {
            return "the mail server offers no way to log in that we know";
        }
        return "the conversation with the mail server broke off";
    }
}
