package dev.plimsoll.telegram;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The methods of the Bot API, as far as a bot like ours needs them. */
final class ServerMethods {
    private static final int LONGEST_TEXT = 4_096;
    private static final int LONGEST_NOTE = 200;
    private static final Set<String> LIMITED =
            Set.of("sendMessage", "editMessageText", "pinChatMessage", "unpinChatMessage", "deleteMessage");

    private final ServerWorld world;
    private final ServerWebhook webhook;
    private final Optional<ServerLimits> limits;
    private volatile JsonArray commands = new JsonArray();

    ServerMethods(ServerWorld world, ServerWebhook webhook, boolean limited) {
        this.world = world;
        this.webhook = webhook;
        this.limits = limited ? Optional.of(new ServerLimits(System::nanoTime)) : Optional.empty();
    }

    List<String> commands() {
        return commands.stream()
                .map(command -> ((JsonObject) command).getString("command"))
                .toList();
    }

    Object call(String method, JsonObject asked) throws InterruptedException {
        if (LIMITED.contains(method)) {
            count(chat(asked));
        }
        return switch (method) {
            case "getMe" -> ServerWorld.bot().put("can_join_groups", true);
            case "getUpdates" -> world.updates().fetch(asked);
            case "setWebhook" -> webhook.set(asked);
            case "deleteWebhook" -> webhook.delete();
            case "getWebhookInfo" -> webhook.info();
            case "setMyCommands" -> setCommands(asked);
            case "answerCallbackQuery" -> answerPress(asked);
            case "sendMessage" -> world.in(chat(asked), chat -> send(ServerWorld.open(chat), asked));
            case "editMessageText" -> world.in(chat(asked), chat -> edit(ServerWorld.open(chat), asked));
            case "pinChatMessage" -> world.in(chat(asked), chat -> pin(ServerWorld.open(chat), asked, true));
            case "unpinChatMessage" -> world.in(chat(asked), chat -> pin(ServerWorld.open(chat), asked, false));
            case "deleteMessage" -> world.in(chat(asked), chat -> delete(ServerWorld.open(chat), asked));
            case "leaveChat" -> world.in(chat(asked), chat -> leave(ServerWorld.open(chat)));
            default -> throw Refusal.notFound();
        };
    }

    private void count(long chat) {
        limits.ifPresent(all -> {
            synchronized (all) {
                all.refuse(chat).ifPresent(seconds -> {
                    throw Refusal.tooMany(seconds);
                });
            }
        });
    }

    private static long chat(JsonObject asked) {
        if (!(asked.getValue("chat_id") instanceof Number id)) {
            throw Refusal.bad("chat_id is empty");
        }
        return id.longValue();
    }

    private JsonObject send(ServerChat chat, JsonObject asked) {
        var topic = Optional.ofNullable(asked.getLong("message_thread_id"));
        if (topic.isPresent() && !chat.topics.contains(topic.get())) {
            throw Refusal.bad("message thread not found");
        }
        var text = text(asked);
        var buttons = buttons(asked);
        var message = chat.add(
                true, text, buttons, topic, replyTo(chat, asked), asked.getBoolean("disable_notification", false));
        return ServerWorld.json(chat, message);
    }

    private static Optional<Long> replyTo(ServerChat chat, JsonObject asked) {
        var wish = asked.getJsonObject("reply_parameters", new JsonObject());
        var original = Optional.ofNullable(wish.getLong("message_id"));
        var found = original.filter(id -> chat.find(id).isPresent());
        if (original.isPresent() && found.isEmpty() && !wish.getBoolean("allow_sending_without_reply", false)) {
            throw Refusal.bad("message to be replied not found");
        }
        return found;
    }

    private static JsonObject edit(ServerChat chat, JsonObject asked) {
        var message =
                chat.find(asked.getLong("message_id", 0L)).orElseThrow(() -> Refusal.bad("message to edit not found"));
        if (!message.byBot()) {
            throw Refusal.bad("message can't be edited");
        }
        var text = text(asked);
        var buttons = buttons(asked);
        if (message.isLike(text, buttons)) {
            throw Refusal.bad("message is not modified: specified new message content and reply markup are exactly the"
                    + " same as a current content and reply markup of the message");
        }
        var edited = message.edited(text, buttons);
        chat.replace(edited);
        return ServerWorld.json(chat, edited);
    }

    private static Boolean pin(ServerChat chat, JsonObject asked, boolean up) {
        var id = asked.getLong("message_id", 0L);
        if (!chat.isPrivate() && !chat.mayPin) {
            throw Refusal.bad("not enough rights to manage pinned messages in the chat");
        }
        if (chat.find(id).isEmpty()) {
            throw Refusal.bad(up ? "message to pin not found" : "message to unpin not found");
        }
        chat.pinned.remove(id);
        if (up) {
            chat.pinned.addLast(id);
        }
        return true;
    }

    private static Boolean delete(ServerChat chat, JsonObject asked) {
        var message = chat.find(asked.getLong("message_id", 0L))
                .orElseThrow(() -> Refusal.bad("message to delete not found"));
        if (!message.byBot() && !chat.isPrivate()) {
            throw Refusal.bad("message can't be deleted");
        }
        chat.remove(message.id());
        return true;
    }

    private static Boolean leave(ServerChat chat) {
        if (chat.isPrivate()) {
            throw Refusal.bad("can't leave private chats");
        }
        chat.closed = Optional.of(Refusal.forbidden("bot is not a member of the " + chat.type + " chat"));
        return true;
    }

    private Boolean answerPress(JsonObject asked) {
        if (asked.getString("text", "").length() > LONGEST_NOTE) {
            throw Refusal.bad("MESSAGE_TOO_LONG");
        }
        if (!world.answerPress(asked.getString("callback_query_id", ""))) {
            throw Refusal.bad("query is too old and response timeout expired or query ID is invalid");
        }
        return true;
    }

    private Boolean setCommands(JsonObject asked) {
        var wanted = asked.getJsonArray("commands", new JsonArray());
        for (var command : wanted) {
            var entry = (JsonObject) command;
            if (!entry.getString("command", "").matches("[a-z0-9_]{1,32}")) {
                throw Refusal.bad("BOT_COMMAND_INVALID");
            }
            if (entry.getString("description", "").isEmpty()
                    || entry.getString("description").length() > 256) {
                throw Refusal.bad("BOT_COMMAND_DESCRIPTION_INVALID");
            }
        }
        commands = wanted;
        return true;
    }

    private static Markup text(JsonObject asked) {
        var raw = asked.getString("text", "");
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(raw)) {
            throw Refusal.bad("strings must be encoded in UTF-8");
        }
        var read = switch (asked.getString("parse_mode", "")) {
            case "" -> Markup.plain(raw);
            case "HTML" -> Markup.html(raw);
            default -> throw Refusal.bad("unsupported parse_mode");
        };
        if (read.text().isBlank()) {
            throw Refusal.bad("message text is empty");
        }
        if (read.text().length() > LONGEST_TEXT) {
            throw Refusal.bad("message is too long");
        }
        return read;
    }

    private static JsonArray buttons(JsonObject asked) {
        return ServerButtons.of(asked.getJsonObject("reply_markup", new JsonObject()));
    }
}
