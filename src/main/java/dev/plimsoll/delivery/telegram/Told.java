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
 * @param quiet whether it makes no sound
 * @param onPosition whether the alert is about a position, of which one can say that it was repaid
 * @param buddys whether another person reads it, who may acknowledge, and leave
 * @param asks   whether it asks if what was declared long ago is still true
 */
public record Told(
        RichText text,
        RichText line,
        String type,
        Severity severity,
        Optional<UUID> alert,
        boolean quiet,
        boolean onPosition,
        boolean buddys,
        boolean asks) {

    /** Whether there is something to take up. */
    boolean isOpen() {
        return alert.isPresent() && !isOver();
    }

    boolean isOver() {
        return type.equals("alert.resolved");
    }

    public String json() {
        var json = new JsonObject()
                .put("text", text.json())
                .put("line", line.json())
                .put("type", type)
                .put("severity", severity.name().toLowerCase(Locale.ROOT))
                .put("quiet", quiet)
                .put("onPosition", onPosition)
                .put("buddys", buddys)
                .put("asks", asks);
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
                told.getBoolean("quiet"),
                told.getBoolean("onPosition"),
                told.getBoolean("buddys", false),
                told.getBoolean("asks", false));
    }
}
