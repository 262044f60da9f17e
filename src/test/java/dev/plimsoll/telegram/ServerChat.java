package dev.plimsoll.telegram;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One chat and what is in it. Guarded by the server's lock. */
final class ServerChat {
    final long id;
    final String type;
    final String title;
    final Set<Long> topics = new TreeSet<>();
    final List<Long> pinned = new ArrayList<>();
    final List<Shown> said = new ArrayList<>();
    private final Map<Long, Shown> messages = new LinkedHashMap<>();
    Optional<Refusal> closed = Optional.empty();
    boolean mayPin = true;
    private long lastMessage;

    /** @param type private, group or supergroup */
    ServerChat(long id, String type, String title) {
        this.id = id;
        this.type = type;
        this.title = title;
    }

    boolean isPrivate() {
        return type.equals("private");
    }

    JsonObject json() {
        var json = new JsonObject().put("id", id).put("type", type).put(isPrivate() ? "first_name" : "title", title);
        return topics.isEmpty() ? json : json.put("is_forum", true);
    }

    long nextMessage() {
        return ++lastMessage;
    }

    Shown add(
            boolean byBot,
            Markup text,
            JsonArray buttons,
            Optional<Long> topic,
            Optional<Long> replyTo,
            boolean silent) {
        var message = new Shown(nextMessage(), byBot, text.text(), text.entities(), buttons, topic, replyTo, silent, 0);
        messages.put(message.id(), message);
        if (byBot) {
            said.add(message);
        }
        return message;
    }

    void replace(Shown message) {
        messages.put(message.id(), message);
        said.add(message);
    }

    void remove(long message) {
        messages.remove(message);
        pinned.remove(message);
    }

    Optional<Shown> find(long message) {
        return Optional.ofNullable(messages.get(message));
    }

    List<Shown> messages() {
        return List.copyOf(messages.values());
    }
}
