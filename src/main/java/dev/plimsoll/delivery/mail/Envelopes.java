package dev.plimsoll.delivery.mail;

import dev.plimsoll.delivery.MailAddress;
import dev.plimsoll.delivery.mail.Flight.Mail;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Addresses letters. Every header with a person's words in it is written here: the mail client encodes characters beyond the
 * first 65,536 one half at a time, and so loses them.
 */
final class Envelopes {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final MailAddress from;
    private final String fromName;

    Envelopes(MailAddress from, String fromName) {
        this.from = from;
        this.fromName = fromName;
    }

    /** @param at of the attempt */
    Mail addressed(Letter letter, MailAddress to, Instant at) {
        var mail = new Mail();
        mail.setFrom(from.value())
                .setTo(to.value())
                .setText(letter.text())
                .setHtml(letter.html())
                .setHeaders(headers(letter, at));
        return mail;
    }

    private MultiMap headers(Letter letter, Instant at) {
        var headers = MultiMap.caseInsensitiveMultiMap()
                .add("Date", DATE.format(at))
                .add("From", HeaderText.phrase(fromName) + " <" + from.value() + ">")
                .add("Subject", HeaderText.of(letter.subject()))
                .add("Message-ID", "<" + letter.messageId() + ">")
                .add("Plimsoll-Delivery", letter.delivery().toString())
                .add("Auto-Submitted", "auto-generated")
                .add("X-Auto-Response-Suppress", "All");
        letter.thread()
                .filter(first -> !first.equals(letter.messageId()))
                .ifPresent(
                        first -> headers.add("In-Reply-To", "<" + first + ">").add("References", "<" + first + ">"));
        letter.unsubscribe().ifPresent(url -> unsubscribable(headers, url));
        if (letter.urgent()) {
            headers.add("Importance", "high").add("X-Priority", "1");
        }
        return headers;
    }

    /** A click without a look, as RFC 8058 has it, is for https only. */
    private static void unsubscribable(MultiMap headers, String url) {
        headers.add("List-Unsubscribe", "<" + url + ">");
        if (url.startsWith("https:")) {
            headers.add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
    }
}
