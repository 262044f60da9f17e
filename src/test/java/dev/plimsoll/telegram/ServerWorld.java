package dev.plimsoll.telegram;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Who and what there is. One thing happens at a time. */
final class ServerWorld {
    private static final long FIRST_PERSON = 5_100_000_000L;
    private static final long FIRST_GROUP = -4_200_000_000L;
    private static final long FIRST_SUPERGROUP = -1_002_300_000_000L;

    private final Map<Long, JsonObject> people = new HashMap<>();
    private final Map<Long, ServerChat> chats = new LinkedHashMap<>();
    private final Map<String, Long> presses = new HashMap<>();
    private final ServerUpdates updates = new ServerUpdates();
    private long groups;

    ServerUpdates updates() {
        return updates;
    }

    synchronized long newPerson(String name) {
        var id = FIRST_PERSON + people.size();
        people.put(
                id,
                new JsonObject()
                        .put("id", id)
                        .put("is_bot", false)
                        .put("first_name", name)
                        .put("language_code", "en"));
        return id;
    }

    synchronized long newGroup(String type, String title, long owner) {
        var id = (type.equals("group") ? FIRST_GROUP : FIRST_SUPERGROUP) - groups++;
        var chat = new ServerChat(id, type, title);
        chats.put(id, chat);
        membership(chat, owner, "left", "member");
        return id;
    }

    JsonObject person(long id) {
        return people.get(id).copy();
    }

    static JsonObject bot() {
        return new JsonObject()
                .put("id", TelegramServer.BOT)
                .put("is_bot", true)
                .put("first_name", "Plimsoll")
                .put("username", TelegramServer.USERNAME);
    }

    /** The private chat of a person and the bot begins when they first write. */
    synchronized ServerChat openPrivate(long person) {
        return chats.computeIfAbsent(
                person, id -> new ServerChat(id, "private", people.get(id).getString("first_name")));
    }

    synchronized Optional<ServerChat> find(long chat) {
        return Optional.ofNullable(chats.get(chat));
    }

    /** Does this alone. */
    synchronized <T> T in(long chat, Function<ServerChat, T> work) {
        return work.apply(find(chat).orElseThrow(() -> unknown(chat)));
    }

    private Refusal unknown(long chat) {
        return people.containsKey(chat)
                ? Refusal.forbidden("bot can't initiate conversation with a user")
                : Refusal.bad("chat not found");
    }

    /** The bot may write there. */
    static ServerChat open(ServerChat chat) {
        chat.closed.ifPresent(refusal -> {
            throw refusal;
        });
        return chat;
    }

    synchronized void membership(ServerChat chat, long by, String before, String after) {
        updates.add(
                "my_chat_member",
                new JsonObject()
                        .put("chat", chat.json())
                        .put("from", person(by))
                        .put("date", now())
                        .put("old_chat_member", member(before))
                        .put("new_chat_member", member(after)));
    }

    private static JsonObject member(String status) {
        return new JsonObject().put("user", bot()).put("status", status);
    }

    /** What a message is in an update or an answer. */
    static JsonObject json(ServerChat chat, Shown message) {
        var json = new JsonObject()
                .put("message_id", message.id())
                .put("chat", chat.json())
                .put("date", now())
                .put("text", message.text());
        message.topic().ifPresent(topic -> json.put("message_thread_id", topic).put("is_topic_message", true));
        message.replyTo()
                .or(message::topic)
                .ifPresent(original -> json.put("reply_to_message", original(chat, original)));
        return message.byBot() ? json.put("from", bot()) : json;
    }

    /** What answers nothing in a topic is said to answer what opened it. */
    private static JsonObject original(ServerChat chat, long id) {
        var json = new JsonObject().put("message_id", id).put("chat", chat.json());
        return chat.find(id).filter(Shown::byBot).isPresent() ? json.put("from", bot()) : json;
    }

    /** @return the query's id */
    synchronized String press(long person) {
        var id = "48%016d".formatted(presses.size() + 1);
        presses.put(id, person);
        return id;
    }

    /** Each is answered once. */
    synchronized boolean answerPress(String id) {
        return presses.remove(id) != null;
    }

    synchronized ServerChat migrate(long group) {
        var before = chats.get(group);
        var id = FIRST_SUPERGROUP - groups++;
        var after = new ServerChat(id, "supergroup", before.title);
        before.closed = Optional.of(Refusal.moved(id));
        chats.put(id, after);
        updates.add("message", service(before).put("migrate_to_chat_id", id));
        updates.add("message", service(after).put("migrate_from_chat_id", group));
        return after;
    }

    private static JsonObject service(ServerChat chat) {
        return new JsonObject()
                .put("message_id", chat.nextMessage())
                .put("chat", chat.json())
                .put("date", now());
    }

    static long now() {
        return System.currentTimeMillis() / 1_000;
    }
}
