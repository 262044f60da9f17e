package dev.plimsoll.delivery.telegram;

import dev.plimsoll.delivery.telegram.ChatAddress.Kind;
import dev.plimsoll.delivery.telegram.Update.Membership;
import dev.plimsoll.delivery.telegram.Update.Moved;
import dev.plimsoll.delivery.telegram.Update.Pressed;
import dev.plimsoll.delivery.telegram.Update.Typed;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads what Telegram says happened. What is nothing to us, or has another form than we know, is empty.
 *
 * @see <a href="https://core.telegram.org/bots/api#update">Update</a>
 */
final class UpdateJson {
    /** What we ask for. */
    static final List<String> WANTED = List.of("message", "callback_query", "my_chat_member");

    private static final Set<String> INSIDE = Set.of("creator", "administrator", "member");
    private static final Set<String> KINDS = Set.of("private", "group", "supergroup");

    /** What was written elsewhere, or is posted here by itself; the second until Bot API 7.0. */
    private static final List<String> PASSED_ON = List.of("forward_origin", "forward_date", "is_automatic_forward");

    private static final String CHAT = "chat";
    private static final String FROM = "from";

    private UpdateJson() {}

    static long id(JsonObject update) {
        return update.getLong("update_id");
    }

    /** 0 where it is about none, or has another form than we know. */
    static long chat(JsonObject update) {
        try {
            return Stream.of(
                            Optional.ofNullable(update.getJsonObject("message")),
                            Optional.ofNullable(update.getJsonObject("callback_query"))
                                    .map(query -> query.getJsonObject("message")),
                            Optional.ofNullable(update.getJsonObject("my_chat_member")))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .map(what -> what.getJsonObject(CHAT).getLong("id"))
                    .orElse(0L);
        } catch (ClassCastException | NullPointerException anotherForm) {
            return 0;
        }
    }

    static Optional<Update> read(JsonObject update) {
        try {
            var id = id(update);
            return Optional.ofNullable(update.getJsonObject("message"))
                    .flatMap(message -> message(id, message))
                    .or(() -> Optional.ofNullable(update.getJsonObject("callback_query"))
                            .flatMap(query -> pressed(id, query)))
                    .or(() -> Optional.ofNullable(update.getJsonObject("my_chat_member"))
                            .flatMap(change -> membership(id, change)));
        } catch (ClassCastException | NullPointerException anotherForm) {
            return Optional.empty();
        }
    }

    private static Optional<Update> message(long id, JsonObject message) {
        var chat = message.getJsonObject(CHAT);
        if (message.containsKey("migrate_to_chat_id")) {
            return Optional.of(new Moved(id, Place.chat(chat.getLong("id")), message.getLong("migrate_to_chat_id")));
        }
        return kind(chat)
                .filter(kind -> isSaid(kind, message))
                .map(kind -> new Typed(
                        id,
                        place(message),
                        kind,
                        title(chat),
                        Optional.ofNullable(message.getJsonObject(FROM))
                                .filter(from -> !message.containsKey("sender_chat"))
                                .map(UpdateJson::person),
                        message.getString("text", message.getString("caption", "")),
                        message.getLong("message_id"),
                        Optional.ofNullable(message.getJsonObject("reply_to_message"))
                                .filter(UpdateJson::isByBot)
                                .map(original -> original.getLong("message_id")),
                        PASSED_ON.stream().anyMatch(message::containsKey)));
    }

    /** In a topic, what answers nobody is said to answer the note with which somebody opened the topic. */
    private static boolean isByBot(JsonObject message) {
        return Optional.ofNullable(message.getJsonObject(FROM))
                .filter(from -> from.getBoolean("is_bot", false))
                .isPresent();
    }

    /** A picture in a private chat too, but not what Telegram itself notes there, such as a pinned message. */
    private static boolean isSaid(Kind kind, JsonObject message) {
        return message.containsKey("text")
                || kind == Kind.PRIVATE && !message.containsKey("pinned_message") && !isByBot(message);
    }

    private static Optional<Update> pressed(long id, JsonObject query) {
        return Optional.ofNullable(query.getJsonObject("message"))
                .flatMap(message -> kind(message.getJsonObject(CHAT))
                        .map(kind -> new Pressed(
                                id,
                                place(message),
                                kind,
                                person(query.getJsonObject(FROM)),
                                query.getString("id"),
                                message.getLong("message_id"),
                                Optional.ofNullable(query.getString("data")).flatMap(CallbackData::decode))));
    }

    private static Optional<Update> membership(long id, JsonObject change) {
        var chat = change.getJsonObject(CHAT);
        return kind(chat)
                .map(kind -> new Membership(
                        id,
                        Place.chat(chat.getLong("id")),
                        kind,
                        title(chat),
                        person(change.getJsonObject(FROM)),
                        isInside(change.getJsonObject("old_chat_member")),
                        isInside(change.getJsonObject("new_chat_member"))));
    }

    private static boolean isInside(JsonObject member) {
        return INSIDE.contains(member.getString("status")) || member.getBoolean("can_send_messages", false);
    }

    /** Answers in a group without topics have the number of a thread too. */
    private static Place place(JsonObject message) {
        var topic = Optional.ofNullable(message.getLong("message_thread_id"))
                .filter(thread -> message.getBoolean("is_topic_message", false));
        return new Place(message.getJsonObject(CHAT).getLong("id"), topic);
    }

    /** Empty for a broadcast channel. */
    private static Optional<Kind> kind(JsonObject chat) {
        return Optional.of(chat.getString("type"))
                .filter(KINDS::contains)
                .map(type -> Kind.valueOf(type.toUpperCase(Locale.ROOT)));
    }

    private static String title(JsonObject chat) {
        return Optional.ofNullable(chat.getString("title")).orElseGet(() -> name(chat));
    }

    private static String name(JsonObject person) {
        return Stream.of("first_name", "last_name")
                .map(part -> person.getString(part, ""))
                .filter(part -> !part.isEmpty())
                .reduce((first, last) -> first + " " + last)
                .orElse("");
    }

    private static Person person(JsonObject user) {
        return new Person(
                user.getLong("id"),
                name(user),
                Optional.ofNullable(user.getString("username")),
                Optional.ofNullable(user.getString("language_code")),
                user.getBoolean("is_bot", false));
    }
}
