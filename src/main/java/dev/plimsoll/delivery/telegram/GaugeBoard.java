package dev.plimsoll.delivery.telegram;

import dev.plimsoll.delivery.Gauges;
import dev.plimsoll.delivery.Gauges.Due;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * The pinned message of each chat: sent and pinned once, then edited without a sound. At once, or nearly so, where what it says
 * changes; where only the time does, every few minutes: it is the proof that somebody looks.
 */
@Singleton
public final class GaugeBoard {
    public static final String KIND = "telegram";

    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(2);
    private static final Duration NOT_THERE = Duration.ofHours(6);
    private static final String RETIRED = "How you stand is no longer kept up to date here.";

    private final Gauges gauges;
    private final BotApi bot;
    private final Duration every;

    @Inject
    GaugeBoard(Gauges gauges, BotApi bot, TelegramConfig config) {
        this.gauges = gauges;
        this.bot = bot;
        this.every = config.gaugeEvery();
    }

    /** Those to look at now, at most so many; none where there is no Telegram. */
    public Uni<List<Due>> due(int most) {
        return bot.unavailable().isPresent() ? Uni.createFrom().item(List.of()) : gauges.take(most);
    }

    /** For chats that were linked since; at most so many. */
    public Uni<Void> begin(int most) {
        return bot.unavailable().isPresent() ? Uni.createFrom().voidItem() : gauges.begin(KIND, most);
    }

    /** Says it, where that is worth an edit. */
    public Uni<Void> show(Due gauge, GaugeReading reading) {
        return ChatAddress.of(gauge.to().settings())
                .map(chat -> isOff(gauge) ? remove(gauge, place(chat)) : show(gauge, reading, chat))
                .orElseGet(() -> gauges.lookAgain(gauge, NOT_THERE));
    }

    private static boolean isOff(Due gauge) {
        return gauge.to()
                .settings()
                .find(ChatAddress.GAUGE)
                .filter("off"::equals)
                .isPresent();
    }

    private static Place place(ChatAddress chat) {
        return new Place(chat.chat(), chat.topic());
    }

    /** What no longer changes must not look as if somebody saw to it. It is looked at again, for it may be switched on. */
    private Uni<Void> remove(Due gauge, Place place) {
        return gauge.message()
                .map(message -> retire(place, message)
                        .chain(gone -> gone
                                ? gauges.lost(gauge).chain(() -> gauges.lookAgain(gauge, LOOK))
                                : gauges.lookAgain(gauge, AFTER_FAILURE)))
                .orElseGet(() -> gauges.lookAgain(gauge, LOOK));
    }

    /** The channel goes away, and what is pinned there with it. */
    public Uni<Void> end(UUID channel, Place place) {
        return gauges.message(channel)
                .chain(found -> found.map(message -> retire(place, message).replaceWithVoid())
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    /** One too old to be deleted says that it is over. False where Telegram takes neither just now. */
    private Uni<Boolean> retire(Place place, long message) {
        return bot.delete(place, message, Precedence.LAST).chain(answer -> {
            if (answer instanceof Answer.Done || answer instanceof Answer.Later || answer instanceof Answer.Failed) {
                return Uni.createFrom().item(answer instanceof Answer.Done);
            }
            var over = Post.of(place, RichText.plain(RETIRED)).with(Precedence.LAST);
            return bot.edit(message, over)
                    .chain(() -> bot.unpin(place, message, Precedence.LAST))
                    .replaceWith(true);
        });
    }

    private Uni<Void> show(Due gauge, GaugeReading reading, ChatAddress chat) {
        var post =
                Post.of(place(chat), reading.text(gauge.to().zone())).silently().with(Precedence.LAST);
        if (gauge.message().isEmpty()) {
            return reading.positions() == 0 ? gauges.lookAgain(gauge, LOOK) : begin(gauge, reading, post);
        }
        return isSaid(gauge, reading)
                ? gauges.lookAgain(gauge, LOOK)
                : bot.edit(gauge.message().get(), post).chain(answer -> settle(gauge, reading, answer));
    }

    private boolean isSaid(Due gauge, GaugeReading reading) {
        return gauge.figures().filter(reading.figures()::equals).isPresent()
                && gauge.age().compareTo(every) < 0;
    }

    /** Pinned only once it is known which message it is: a gauge sent twice is not pinned twice. */
    private Uni<Void> begin(Due gauge, GaugeReading reading, Post post) {
        return bot.send(post)
                .chain(answer -> answer instanceof Answer.Done<Long>(var message)
                        ? gauges.said(gauge, message, reading.figures(), LOOK)
                                .chain(() -> bot.pin(post.place(), message, Precedence.LAST))
                                .invoke(pinned -> note(gauge, pinned))
                                .replaceWithVoid()
                        : settle(gauge, reading, answer));
    }

    /** In a group whose owner does not let us pin, it is a message like others. */
    private static void note(Due gauge, Answer<Boolean> pinned) {
        if (!(pinned instanceof Answer.Done)) {
            Log.infof(
                    "gauge not pinned: channel=%s why=%s",
                    gauge.to().channel(), pinned.getClass().getSimpleName());
        }
    }

    private Uni<Void> settle(Due gauge, GaugeReading reading, Answer<Long> answer) {
        return switch (answer) {
            case Answer.Done<Long>(var message) -> gauges.said(gauge, message, reading.figures(), LOOK);
            case Answer.Unchanged<Long> same ->
                gauges.said(gauge, gauge.message().orElseThrow(), reading.figures(), LOOK);
            case Answer.Missing<Long> gone -> gauges.lost(gauge);
            case Answer.Moved<Long> moved -> gauges.lost(gauge);
            case Answer.Later<Long>(var pause, var why, var asked) -> gauges.lookAgain(gauge, pause);
            case Answer.Refused<Long> refused -> gauges.lookAgain(gauge, NOT_THERE);
            case Answer.Unreachable<Long> unreachable -> gauges.lookAgain(gauge, NOT_THERE);
            case Answer.Misconfigured<Long> misconfigured -> gauges.lookAgain(gauge, NOT_THERE);
            case Answer.Failed<Long> failed -> gauges.lookAgain(gauge, AFTER_FAILURE);
        };
    }
}
