package dev.plimsoll.delivery.telegram;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * What we say to Telegram. Never fails: whatever goes wrong is an {@link Answer}. Keeps to the limits, over all replicas: what
 * would have to wait longer than a few seconds comes back as {@link Answer.Later}, undone.
 *
 * @see <a href="https://core.telegram.org/bots/api#available-methods">Available methods</a>
 */
@Singleton
public class BotApi {
    private static final int LONGEST_NOTE = 200;
    private static final String NOT_SET_UP =
            "Telegram is not set up here: the operator of this Plimsoll must make a bot with"
                    + " @BotFather and set plimsoll.delivery.telegram.token.";

    private final BotHttp http;
    private final AtomicReference<Optional<Bot>> known = new AtomicReference<>(Optional.empty());

    @Inject
    BotApi(BotHttp http) {
        this.http = http;
    }

    /** Why there is no Telegram in this installation, as a sentence for users; empty where there is. */
    public Optional<String> unavailable() {
        return http.isSetUp() ? Optional.empty() : Optional.of(NOT_SET_UP);
    }

    /** @return the id of the message in its chat */
    public Uni<Answer<Long>> send(Post post) {
        var message = message(post).put("disable_notification", post.silent());
        post.place().topic().ifPresent(topic -> message.put("message_thread_id", topic));
        post.replyTo()
                .ifPresent(original -> message.put(
                        "reply_parameters",
                        new JsonObject().put("message_id", original).put("allow_sending_without_reply", true)));
        return written("sendMessage", message, post);
    }

    /** Puts this in the place of what the message said; makes no sound. */
    public Uni<Answer<Long>> edit(long message, Post post) {
        return written("editMessageText", message(post).put("message_id", message), post);
    }

    /** Without a sound. It needs no right in private chats, in groups that of pinning. */
    public Uni<Answer<Boolean>> pin(Place place, long message, Precedence precedence) {
        var what = at(place).put("message_id", message).put("disable_notification", true);
        return http.call("pinChatMessage", what, place, precedence, BotApi::isTrue);
    }

    public Uni<Answer<Boolean>> unpin(Place place, long message, Precedence precedence) {
        return http.call("unpinChatMessage", at(place).put("message_id", message), place, precedence, BotApi::isTrue);
    }

    /** Only messages of the last 48 hours. */
    public Uni<Answer<Boolean>> delete(Place place, long message, Precedence precedence) {
        return http.call("deleteMessage", at(place).put("message_id", message), place, precedence, BotApi::isTrue);
    }

    /** The bot goes away from a group. */
    public Uni<Answer<Boolean>> leave(Place place) {
        return http.call("leaveChat", at(place), place, Precedence.USUAL, BotApi::isTrue);
    }

    /**
     * Ends the turning of a pressed button.
     *
     * @param press of {@link Update.Pressed}
     * @param note  shown for a moment, cut at 200 UTF-16 units; nothing where it is empty
     * @param loud  whether the note has to be closed by hand
     */
    public Uni<Answer<Boolean>> answer(String press, String note, boolean loud) {
        var said = new JsonObject()
                .put("callback_query_id", press)
                .put("text", Literal.cut(Literal.of(note), LONGEST_NOTE))
                .put("show_alert", loud);
        return http.call("answerCallbackQuery", said, BotApi::isTrue);
    }

    /** Who we are there. Asked until it is known, then remembered. */
    public Uni<Answer<Bot>> me() {
        return Uni.createFrom()
                .deferred(() -> known.get()
                        .map(bot -> Uni.createFrom().<Answer<Bot>>item(new Answer.Done<>(bot)))
                        .orElseGet(() -> http.call("getMe", new JsonObject(), BotApi::bot)
                                .invoke(this::remember)));
    }

    private void remember(Answer<Bot> answer) {
        if (answer instanceof Answer.Done<Bot>(var bot)) {
            known.set(Optional.of(bot));
        }
    }

    /** The menu, in all chats. */
    public Uni<Answer<Boolean>> menu(List<Command> commands) {
        var all = new JsonArray();
        commands.forEach(command ->
                all.add(new JsonObject().put("command", command.name()).put("description", command.description())));
        return http.call("setMyCommands", new JsonObject().put("commands", all), BotApi::isTrue);
    }

    /** As HTML, and where Telegram cannot read that, as it is. */
    private Uni<Answer<Long>> written(String method, JsonObject message, Post post) {
        var html = message.copy().put("text", post.text().html()).put("parse_mode", "HTML");
        Function<JsonObject, Uni<Answer<Long>>> call =
                body -> http.call(method, body, post.place(), post.precedence(), BotApi::messageId);
        return call.apply(html)
                .chain(answer -> answer instanceof Answer.Refused<Long> refused && refused.isMarkup()
                        ? call.apply(message.put("text", post.text().plain()))
                        : Uni.createFrom().item(answer));
    }

    /** An edit without buttons takes those away that were there. */
    private static JsonObject message(Post post) {
        var message = at(post.place()).put("link_preview_options", new JsonObject().put("is_disabled", true));
        return post.keyboard().rows().isEmpty()
                ? message
                : message.put("reply_markup", post.keyboard().json());
    }

    private static JsonObject at(Place place) {
        return new JsonObject().put("chat_id", place.chat());
    }

    private static Long messageId(Object result) {
        return ((JsonObject) result).getLong("message_id");
    }

    private static Boolean isTrue(Object result) {
        return Boolean.TRUE.equals(result);
    }

    private static Bot bot(Object result) {
        var user = (JsonObject) result;
        return new Bot(user.getLong("id"), user.getString("username"), user.getString("first_name"));
    }
}
