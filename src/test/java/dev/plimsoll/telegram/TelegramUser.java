package dev.plimsoll.telegram;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** A person with the app: writes, presses, blocks. */
public final class TelegramUser {
    private final ServerWorld world;
    private final long id;

    TelegramUser(ServerWorld world, long id) {
        this.world = world;
        this.id = id;
    }

    /** Also of the private chat with the bot. */
    public long id() {
        return id;
    }

    /** In the private chat with the bot, which that opens. @return the message's id */
    public long writes(String text) {
        world.openPrivate(id);
        return writesIn(id, Optional.empty(), text, Optional.empty());
    }

    /** Follows {@code https://t.me/<bot>?start=<payload>}. */
    public long follows(String link) {
        return writes("/start " + link.replaceFirst(".*[?&]start=", ""));
    }

    /** In answer to one of the bot's messages, in the private chat. */
    public long answers(long message, String text) {
        return writesIn(id, Optional.empty(), text, Optional.of(message));
    }

    /** What somebody else wrote, in the private chat. */
    public long forwards(TelegramUser author, String text) {
        world.openPrivate(id);
        return forwardsIn(id, author, text);
    }

    long forwardsIn(long chat, TelegramUser author, String text) {
        var origin = new JsonObject().put("type", "user").put("sender_user", world.person(author.id));
        return writesIn(chat, Optional.empty(), text, Optional.empty(), new JsonObject().put("forward_origin", origin));
    }

    /** Blocks the bot. */
    public void blocks() {
        world.in(id, chat -> {
            chat.closed = Optional.of(Refusal.forbidden("bot was blocked by the user"));
            world.membership(chat, id, "member", "kicked");
            return chat;
        });
    }

    public void unblocks() {
        world.in(id, chat -> {
            chat.closed = Optional.empty();
            world.membership(chat, id, "kicked", "member");
            return chat;
        });
    }

    /** Deletes their account; nobody is told. */
    public void leavesTelegram() {
        world.in(id, chat -> chat.closed = Optional.of(Refusal.forbidden("user is deactivated")));
    }

    /** What stands in the private chat now, theirs and the bot's, oldest first. */
    public List<Shown> sees() {
        return world.find(id).map(ServerChat::messages).orElse(List.of());
    }

    /** What the bot said there, each edit too, oldest first. */
    public List<Shown> heard() {
        return world.find(id).map(chat -> List.copyOf(chat.said)).orElse(List.of());
    }

    /** The message that is pinned last. */
    public Optional<Shown> pinned() {
        return world.find(id)
                .flatMap(chat -> chat.pinned.isEmpty() ? Optional.empty() : chat.find(chat.pinned.getLast()));
    }

    /** Presses a button in the private chat. @return the id of the query */
    public String presses(Shown message, String label) {
        return pressesIn(id, message, label);
    }

    /** What no button says, as a program could. */
    public String forges(long chat, long message, String data) {
        return world.in(chat, where -> press(where, message, data));
    }

    String pressesIn(long chat, Shown message, String label) {
        return world.in(chat, where -> {
            var now = where.find(message.id())
                    .orElseThrow(() -> new AssertionError("message " + message.id() + " is gone"));
            return press(where, message.id(), now.button(label).getString("callback_data"));
        });
    }

    private String press(ServerChat chat, long message, String data) {
        var query = world.press(id);
        var shown = chat.find(message).orElseThrow();
        world.updates()
                .add(
                        "callback_query",
                        new JsonObject()
                                .put("id", query)
                                .put("from", world.person(id))
                                .put("message", ServerWorld.json(chat, shown))
                                .put("chat_instance", Long.toString(-chat.id))
                                .put("data", data));
        return query;
    }

    long writesIn(long chatId, Optional<Long> topic, String text, Optional<Long> replyTo) {
        return writesIn(chatId, topic, text, replyTo, new JsonObject());
    }

    /** @param more what else the bot is told of the message */
    private long writesIn(long chatId, Optional<Long> topic, String text, Optional<Long> replyTo, JsonObject more) {
        return world.in(chatId, chat -> {
            var message = chat.add(false, Markup.plain(text), new JsonArray(), topic, replyTo, false);
            var json = ServerWorld.json(chat, message)
                    .put("from", world.person(id))
                    .mergeIn(more);
            if (text.startsWith("/")) {
                var end = text.indexOf(' ') < 0 ? text.length() : text.indexOf(' ');
                json.put(
                        "entities",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("type", "bot_command")
                                        .put("offset", 0)
                                        .put("length", end)));
            }
            if (isForBot(chat, text, replyTo)) {
                world.updates().add("message", json);
            }
            return message.id();
        });
    }

    /** In groups a bot hears commands and answers to itself only. */
    private static boolean isForBot(ServerChat chat, String text, Optional<Long> replyTo) {
        return chat.isPrivate()
                || text.startsWith("/")
                || replyTo.flatMap(chat::find).filter(Shown::byBot).isPresent();
    }
}
