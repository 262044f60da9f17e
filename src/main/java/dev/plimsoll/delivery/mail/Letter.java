package dev.plimsoll.delivery.mail;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.UUID;

/**
 * One mail but for its receiver and the time of the attempt, as it is frozen.
 *
 * @param delivery    by which a mail is found again in the API
 * @param messageId   without its brackets; the same on every attempt
 * @param thread      the message id of the first mail of its thread, which may never have been sent
 * @param urgent      whether it is shown as important
 * @param unsubscribe where a click ends these mails; empty where they are none to be unsubscribed from
 */
public record Letter(
        UUID delivery,
        String messageId,
        Optional<String> thread,
        boolean urgent,
        Optional<String> unsubscribe,
        String subject,
        String text,
        String html) {

    /** Lines end as the mail client ends them. */
    public Letter {
        text = text.replace("\r", "");
        html = html.replace("\r", "");
    }

    /** As it is kept. */
    public String json() {
        var json = new JsonObject().put("delivery", delivery.toString()).put("messageId", messageId);
        thread.ifPresent(id -> json.put("thread", id));
        unsubscribe.ifPresent(url -> json.put("unsubscribe", url));
        return json.put("urgent", urgent)
                .put("subject", subject)
                .put("text", text)
                .put("html", html)
                .encode();
    }

    public static Letter of(String json) {
        var letter = new JsonObject(json);
        return new Letter(
                UUID.fromString(letter.getString("delivery")),
                letter.getString("messageId"),
                Optional.ofNullable(letter.getString("thread")),
                letter.getBoolean("urgent"),
                Optional.ofNullable(letter.getString("unsubscribe")),
                letter.getString("subject"),
                letter.getString("text"),
                letter.getString("html"));
    }
}
