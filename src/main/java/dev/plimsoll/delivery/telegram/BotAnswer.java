package dev.plimsoll.delivery.telegram;

import dev.plimsoll.wire.Reply;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an answer of the Bot API means.
 *
 * @see <a href="https://core.telegram.org/bots/api#making-requests">Making requests</a>
 */
final class BotAnswer {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** What Telegram says where nothing will ever arrive in a chat, and what we say then. */
    private static final List<Sign> UNREACHABLE = List.of(
            new Sign("bot was blocked by the user", "the person blocked the bot"),
            new Sign("user is deactivated", "the person's Telegram account is gone"),
            new Sign("bot was kicked", "the bot was put out of the group"),
            new Sign("bot is not a member", "the bot is not in the group"),
            new Sign("bot can't initiate conversation", "the person never started the bot"),
            new Sign("bot can't send messages to bots", "the chat is one of another bot"),
            new Sign("group chat was deleted", "the group was deleted"),
            new Sign("group chat was deactivated", "the group was closed"),
            new Sign("chat not found", "Telegram knows no such chat"),
            new Sign("not enough rights to send", "the bot may not write in the group"),
            new Sign("have no rights to send", "the bot may not write in the group"),
            new Sign("chat_write_forbidden", "the bot may not write in the group"),
            new Sign("message thread not found", "the topic was deleted"),
            new Sign("topic_deleted", "the topic was deleted"),
            new Sign("topic_closed", "the topic was closed"));

    private static final List<Sign> MISSING = List.of(
            new Sign("message to edit not found", "the message to be edited is gone"),
            new Sign("message can't be edited", "the message can no longer be edited"),
            new Sign("message to delete not found", "the message to be deleted is gone"),
            new Sign("message can't be deleted", "the message can no longer be deleted"),
            new Sign("message to pin not found", "the message to be pinned is gone"),
            new Sign("message to unpin not found", "the message to be unpinned is gone"),
            new Sign("message_id_invalid", "the message is gone"));

    private static final List<Sign> REFUSED = List.of(
            new Sign("message is too long", "Telegram finds the message too long"),
            new Sign("message text is empty", "Telegram finds no text in the message"),
            new Sign("button_data_invalid", "Telegram refuses a button"),
            new Sign("query is too old", "the button was pressed too long ago"),
            new Sign("not enough rights to", "the bot lacks a right in the group"));

    /** @param part of Telegram's description, in lower case */
    private record Sign(String part, String why) {
        static Optional<String> why(List<Sign> signs, String said) {
            return signs.stream()
                    .filter(sign -> said.contains(sign.part))
                    .map(Sign::why)
                    .findFirst();
        }
    }

    private BotAnswer() {}

    static <T> Answer<T> of(Reply reply, Function<Object, T> read) {
        try {
            var body = new JsonObject(reply.body());
            return Boolean.TRUE.equals(body.getValue("ok")) && body.getValue("result") != null
                    ? new Answer.Done<>(read.apply(body.getValue("result")))
                    : refusal(reply.status(), body);
        } catch (DecodeException | ClassCastException notTelegram) {
            return new Answer.Failed<>(
                    Optional.of(reply.status()), "what answered " + reply.status() + " is not Telegram");
        }
    }

    private static <T> Answer<T> refusal(int status, JsonObject body) {
        var said = body.getString("description", "").toLowerCase(Locale.ROOT);
        var parameters = body.getJsonObject("parameters", new JsonObject());
        if (parameters.containsKey("migrate_to_chat_id")) {
            return new Answer.Moved<>(parameters.getLong("migrate_to_chat_id"));
        }
        return switch (status) {
            case 429 -> new Answer.Later<>(pause(parameters), "Telegram asked us to wait", true);
            case 401, 404 ->
                new Answer.Misconfigured<>(
                        Optional.of(status),
                        "Telegram does not know the bot: plimsoll.delivery.telegram.token is wrong");
            case 400, 403 -> refused(status, said);
            default -> new Answer.Failed<>(Optional.of(status), "Telegram answered " + status);
        };
    }

    private static Duration pause(JsonObject parameters) {
        var asked = Duration.ofSeconds(parameters.getInteger("retry_after", 1));
        return asked.compareTo(SHORTEST) < 0 ? SHORTEST : asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }

    private static <T> Answer<T> refused(int status, String said) {
        if (said.contains("message is not modified")) {
            return new Answer.Unchanged<>();
        }
        return Sign.why(UNREACHABLE, said)
                .<Answer<T>>map(why -> new Answer.Unreachable<>(status, why))
                .or(() -> Sign.why(MISSING, said).map(Answer.Missing::new))
                .orElseGet(() -> status == 403
                        ? new Answer.Unreachable<>(status, "Telegram lets the bot no longer write there")
                        : new Answer.Refused<>(
                                status,
                                Sign.why(REFUSED, said).orElse("Telegram refused the call with " + status),
                                said.contains("can't parse entities")));
    }
}
