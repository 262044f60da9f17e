package dev.plimsoll.delivery.channel;

import dev.plimsoll.delivery.Bulletin;
import dev.plimsoll.delivery.Channel;
import dev.plimsoll.delivery.ChannelMoves;
import dev.plimsoll.delivery.DeliveryConfig;
import dev.plimsoll.delivery.Field;
import dev.plimsoll.delivery.Message;
import dev.plimsoll.delivery.Outcome;
import dev.plimsoll.delivery.Outcome.Delivered;
import dev.plimsoll.delivery.Outcome.Postponed;
import dev.plimsoll.delivery.Outcome.Refused;
import dev.plimsoll.delivery.Outcome.Rejected;
import dev.plimsoll.delivery.Outcome.Retry;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.delivery.Settings;
import dev.plimsoll.delivery.Threads;
import dev.plimsoll.delivery.telegram.Answer;
import dev.plimsoll.delivery.telegram.BotApi;
import dev.plimsoll.delivery.telegram.ChatAddress;
import dev.plimsoll.delivery.telegram.GaugeBoard;
import dev.plimsoll.delivery.telegram.Place;
import dev.plimsoll.delivery.telegram.Post;
import dev.plimsoll.delivery.telegram.Story;
import dev.plimsoll.delivery.telegram.Told;
import dev.plimsoll.delivery.telegram.Wording;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A chat with Plimsoll's bot. What must be heard is a message of its own, in reply to the one with which its alert began
 * there; that one is edited to say how things stand, which makes no sound: see {@link
 * dev.plimsoll.delivery.telegram.ThreadEdits}.
 */
@Singleton
class TelegramChannel implements Channel {
    /** What is no news to whoever did it: the first message is edited to say so. */
    private static final Set<String> SHOWN_BY_AN_EDIT = Set.of("alert.acknowledged", "alert.snoozed");

    private static final String NOT_LINKED = "the channel is not linked to a chat";
    private static final Duration OPERATOR_LOOKS = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final BotApi bot;
    private final Threads threads;
    private final ChannelMoves moves;
    private final GaugeBoard gauges;
    private final Duration timeout;

    @Inject
    TelegramChannel(BotApi bot, Threads threads, ChannelMoves moves, GaugeBoard gauges, DeliveryConfig config) {
        this(bot, threads, moves, gauges, config.timeout());
    }

    TelegramChannel(BotApi bot, Threads threads, ChannelMoves moves, GaugeBoard gauges, Duration timeout) {
        this.bot = bot;
        this.gauges = gauges;
        this.threads = threads;
        this.moves = moves;
        this.timeout = timeout;
    }

    @Override
    public String kind() {
        return "telegram";
    }

    @Override
    public List<Field> fields() {
        return ChatAddress.FIELDS;
    }

    @Override
    public Optional<String> unavailable() {
        return bot.unavailable();
    }

    @Override
    public boolean groups() {
        return true;
    }

    @Override
    public boolean hasButtons() {
        return true;
    }

    @Override
    public Optional<String> leaving() {
        return Optional.of("send /leave");
    }

    @Override
    public boolean wants(String type) {
        return !SHOWN_BY_AN_EDIT.contains(type);
    }

    @Override
    public String body(Receiver to, Message message) {
        var shared = ChatAddress.of(to.settings())
                .filter(chat -> chat.kind().isShared())
                .isPresent();
        return new Wording(shared, to.buddy().isPresent(), to.zone())
                .of(Bulletin.of(message, to))
                .json();
    }

    @Override
    public boolean edits() {
        return true;
    }

    @Override
    public Uni<Void> end(Receiver to) {
        return ChatAddress.of(to.settings())
                .map(chat -> gauges.end(to.channel(), new Place(chat.chat(), chat.topic()))
                        .ifNoItem()
                        .after(PATIENCE)
                        .fail()
                        .onFailure()
                        .invoke(failure -> Log.warnf(
                                "the pinned message stays in its chat: channel=%s why=%s",
                                to.channel(), failure.getClass().getSimpleName()))
                        .onFailure()
                        .recoverWithUni(Uni.createFrom()::voidItem))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    @Override
    public Uni<Outcome> send(Receiver to, Parcel parcel) {
        return send(to, List.of(parcel));
    }

    @Override
    public Uni<Outcome> send(Receiver to, List<Parcel> parcels) {
        var news = parcels.stream().map(parcel -> Told.of(parcel.body())).toList();
        return ChatAddress.of(to.settings())
                .map(chat -> answered(to, news)
                        .map(beginning -> post(chat, Story.of(news), beginning))
                        .chain(post -> said(to, post))
                        .ifNoItem()
                        .after(timeout)
                        .recoverWithItem(this::late))
                .orElseGet(() -> Uni.createFrom().item(new Rejected(Optional.empty(), NOT_LINKED)));
    }

    /** The message that these go on from, if any; without a database it is sent all the same. */
    private Uni<Optional<Long>> answered(Receiver to, List<Told> news) {
        var alert = news.size() == 1 ? news.getFirst().alert() : Optional.<UUID>empty();
        return alert.map(id -> threads.beginning(to.channel(), id)
                        .ifNoItem()
                        .after(PATIENCE)
                        .fail()
                        .onFailure()
                        .invoke(failure -> Log.warnf(
                                "beginning not found, sent as no reply: channel=%s alert=%s why=%s",
                                to.channel(), id, failure.getClass().getSimpleName()))
                        .onFailure()
                        .recoverWithItem(Optional.empty()))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    private static Post post(ChatAddress chat, Story story, Optional<Long> beginning) {
        return new Post(
                new Place(chat.chat(), chat.topic()),
                story.text(),
                story.keyboard(),
                !story.rings(),
                beginning,
                story.precedence());
    }

    /** A group that became a supergroup has another id, where the same is sent once more. */
    private Uni<Outcome> said(Receiver to, Post post) {
        return bot.send(post)
                .chain(answer -> answer instanceof Answer.Moved<Long>(var moved)
                        ? keep(to, ChatAddress.movedTo(to.settings(), moved))
                                .chain(() -> bot.send(post.movedTo(moved)))
                                .map(TelegramChannel::outcome)
                        : Uni.createFrom().item(outcome(answer)));
    }

    /** What cannot be kept now is kept with the next message: the old chat goes on saying where the new one is. */
    private Uni<Void> keep(Receiver to, Settings settings) {
        return moves.move(to, this, settings)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(failure -> Log.warnf(
                        "the chat's new id is not kept yet: channel=%s why=%s",
                        to.channel(), failure.getClass().getSimpleName()))
                .onFailure()
                .recoverWithUni(Uni.createFrom()::voidItem);
    }

    private static Outcome outcome(Answer<Long> answer) {
        return switch (answer) {
            case Answer.Done<Long>(var message) -> Delivered.as(message, "Telegram took it");
            case Answer.Later<Long>(var pause, var why, var asked) ->
                asked ? new Retry(Optional.empty(), why, Optional.of(pause)) : new Postponed(why, pause);
            case Answer.Moved<Long>(var chat) -> retry(Optional.of(400), "the group moved again");
            case Answer.Unreachable<Long>(var status, var why) -> new Rejected(Optional.of(status), why);
            case Answer.Unchanged<Long>() -> retry(Optional.of(400), "Telegram took it for an edit");
            case Answer.Missing<Long>(var why) -> retry(Optional.of(400), why);
            case Answer.Refused<Long>(var status, var why, var markup) -> new Refused(Optional.of(status), why);
            case Answer.Misconfigured<Long>(var status, var why) -> new Retry(status, why, Optional.of(OPERATOR_LOOKS));
            case Answer.Failed<Long>(var status, var why) -> retry(status, why);
        };
    }

    /** It may have arrived all the same, and then stands there twice. */
    private Outcome late() {
        return retry(Optional.empty(), "no complete answer within " + timeout.toMillis() + " ms");
    }

    private static Outcome retry(Optional<Integer> status, String why) {
        return new Retry(status, why, Optional.empty());
    }
}
