package dev.plimsoll.delivery.telegram;

import dev.plimsoll.rule.Severity;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * One piece of news as it is frozen for a chat.
 *
 * @param text    all of it
 * @param line    the gist, where it stands among others in one message
 * @param type    {@code alert.firing}, … as in the webhook body
 * @param alert   empty for what belongs to no alert
 * @param onPosition whether the alert is about a position, of which one can say that it was repaid
 */
public record Told(
        RichText text, RichText line, String type, Severity severity, Optional<UUID> alert, boolean onPosition) {

    /** Whether it makes a sound: what got better, and what is nobody's concern now, does not. */
    boolean rings() {
        return switch (type) {
            case "alert.eased" -> false;
            case "alert.test", "channel.verification" -> true;
            default -> severity != Severity.INFO;
        };
    }

    /** Whether there is something to take up. */
    boolean isOpen() {
        return alert.isPresent() && !type.equals("alert.resolved");
    }

    public String json() {
        var json = new JsonObject()
                .put("text", text.json())
                .put("line", line.json())
                .put("type", type)
                .put("severity", severity.name().toLowerCase(Locale.ROOT))
                .put("onPosition", onPosition);
        alert.ifPresent(id -> json.put("alert", id.toString()));
        return json.encode();
    }

    /** @throws IllegalArgumentException when it is none that {@link #json} wrote */
    public static Told of(String json) {
        var told = new JsonObject(json);
        return new Told(
                RichText.of(told.getJsonArray("text", new JsonArray())),
                RichText.of(told.getJsonArray("line", new JsonArray())),
                told.getString("type"),
                Severity.valueOf(told.getString("severity").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(told.getString("alert")).map(UUID::fromString),
                told.getBoolean("onPosition"));
    }
}
