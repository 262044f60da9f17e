package dev.plimsoll.delivery.mail;

import dev.plimsoll.delivery.Outcome;
import dev.plimsoll.delivery.Outcome.Refused;
import dev.plimsoll.delivery.Outcome.Rejected;
import dev.plimsoll.delivery.Outcome.Retry;
import io.vertx.ext.mail.SMTPException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a mail server's answer means. Only one that says of the address that there is no such mailbox ends a channel: what is
 * wrong with us, such as a password or a blocked address of ours, is its operator's to mend, and the mail waits for that.
 *
 * @param code     the reply code; 500 for what is none
 * @param enhanced class, subject and detail, as in {@code 5.1.1}, where the server says them
 * @param step     of the conversation, when it was said
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3463">RFC 3463, enhanced status codes</a>
 */
record Refusal(int code, Optional<String> enhanced, Step step, String said) {
    private static final Pattern ENHANCED = Pattern.compile("^\\d{3}[ -]([245]\\.\\d{1,3}\\.\\d{1,3})\\b");

    /** No such mailbox or domain, moved away, syntax, switched off; not {@code 5.1.7} and {@code 5.1.8}: those are the sender's. */
    private static final Pattern NO_MAILBOX = Pattern.compile("5\\.1\\.(0|1|2|3|4|6|9|10)|5\\.2\\.1|5\\.4\\.4");

    private static final Pattern ABOUT_US = Pattern.compile(
            "(?i)relay|rcpthosts|spam|block|blacklist|denylist|reputation|policy|authenti|not permitted|not allowed|spf|dkim|dmarc|access denied|sender");

    /** The part of the conversation that an answer belongs to. */
    enum Step {
        /** Up to where our own address is taken: it says nothing of the receiver. */
        GREETING,
        RECEIVER,
        CONTENT
    }

    static Refusal of(SMTPException answer) {
        var said = answer.getReplyMessage();
        var enhanced = ENHANCED.matcher(said);
        return new Refusal(
                answer.getReplyCode(),
                enhanced.find() ? Optional.of(enhanced.group(1)) : Optional.empty(),
                step(answer.getMessage()),
                said);
    }

    /** By how the mail client begins what it says. */
    private static Step step(String message) {
        if (message.startsWith("recipient address not accepted")) {
            return Step.RECEIVER;
        }
        return message.startsWith("sending data failed") ? Step.CONTENT : Step.GREETING;
    }

    /** Whether the operator must do something about it. */
    boolean isOurs() {
        return outcome() instanceof Retry && code >= 500;
    }

    Outcome outcome() {
        var status = Optional.of(code);
        if (code < 500) {
            return new Retry(status, "the mail server asks us to try again later: " + shown(), Optional.empty());
        }
        if (isWithoutMailbox()) {
            return new Rejected(status, "there is no such mailbox: the mail server answered " + shown());
        }
        return switch (step) {
            case CONTENT -> new Refused(status, "the mail server does not take this mail: " + shown());
            case RECEIVER ->
                new Retry(
                        status, "the mail server does not let us write to this address: " + shown(), Optional.empty());
            case GREETING ->
                isTooLarge()
                        ? new Refused(status, "the mail server does not take this mail: " + shown())
                        : new Retry(status, "the mail server does not let us in: " + shown(), Optional.empty());
        };
    }

    private boolean isWithoutMailbox() {
        if (step == Step.GREETING) {
            return false;
        }
        return enhanced.map(status -> NO_MAILBOX.matcher(status).matches() && !isAboutUs())
                .orElseGet(() -> step == Step.RECEIVER && isOfAddress() && !isAboutUs());
    }

    private boolean isOfAddress() {
        return code == 550 || code == 551 || code == 553 || code == 556;
    }

    private boolean isAboutUs() {
        return ABOUT_US.matcher(said).find();
    }

    private boolean isTooLarge() {
        return code == 552;
    }

    /** The codes, never the words. */
    private String shown() {
        return code + enhanced.map(status -> " " + status).orElse("");
    }
}
