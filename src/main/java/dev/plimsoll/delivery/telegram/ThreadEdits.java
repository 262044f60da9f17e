package dev.plimsoll.delivery.telegram;

import dev.plimsoll.delivery.StaleThread;
import dev.plimsoll.delivery.StaleThreads;
import dev.plimsoll.delivery.telegram.Story.Part;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Keeps the message with which an alert began in a chat saying how it stands. Silent, and after everything that must be heard;
 * what happens meanwhile is one edit. Where the message was deleted it is sent anew while somebody must still do something.
 */
@Singleton
public final class ThreadEdits {
    private static final int MOST = 100;
    private static final int SIDE_BY_SIDE = 4;
    private static final Duration REST = Duration.ofSeconds(3);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

    private final StaleThreads stale;
    private final BotApi bot;

    @Inject
    ThreadEdits(StaleThreads stale, BotApi bot) {
        this.stale = stale;
        this.bot = bot;
    }

    /** Edits some of those that are due. @return how many were looked at */
    public Uni<Integer> round() {
        return bot.unavailable().isPresent()
                ? Uni.createFrom().item(0)
                : stale.take(MOST)
                        .onItem()
                        .transformToMulti(Multi.createFrom()::iterable)
                        .onItem()
                        .transformToUni(thread ->
                                Uni.createFrom().deferred(() -> look(thread)).replaceWith(thread))
                        .collectFailures()
                        .merge(SIDE_BY_SIDE)
                        .collect()
                        .with(Collectors.summingInt(one -> 1));
    }

    private Uni<Void> look(StaleThread thread) {
        return ChatAddress.of(thread.to().settings())
                .filter(chat -> thread.isOutdated())
                .map(chat ->
                        bot.edit(thread.message(), post(thread, chat)).chain(answer -> settle(thread, chat, answer)))
                .orElseGet(() -> stale.shown(thread, thread.message(), Duration.ZERO));
    }

    private Uni<Void> settle(StaleThread thread, ChatAddress chat, Answer<Long> answer) {
        return switch (answer) {
            case Answer.Done<Long> done -> stale.shown(thread, thread.message(), REST);
            case Answer.Unchanged<Long> same -> stale.shown(thread, thread.message(), REST);
            case Answer.Refused<Long> refused -> stale.shown(thread, thread.message(), REST);
            case Answer.Missing<Long> gone -> anew(thread, chat);
            case Answer.Later<Long>(var pause, var why, var asked) -> stale.later(thread, pause);
            case Answer.Moved<Long> moved -> stale.end(thread);
            case Answer.Unreachable<Long> unreachable -> stale.end(thread);
            case Answer.Misconfigured<Long> misconfigured -> stale.later(thread, AFTER_FAILURE);
            case Answer.Failed<Long> failed -> stale.later(thread, AFTER_FAILURE);
        };
    }

    private Uni<Void> anew(StaleThread thread, ChatAddress chat) {
        var story = story(thread);
        return story.isOpen()
                ? bot.send(post(thread, chat).silently())
                        .chain(answer -> answer instanceof Answer.Done<Long>(var message)
                                ? stale.shown(thread, message, REST)
                                : stale.end(thread))
                : stale.end(thread);
    }

    private static Post post(StaleThread thread, ChatAddress chat) {
        var story = story(thread);
        return Post.of(new Place(chat.chat(), chat.topic()), story.text())
                .with(story.keyboard())
                .with(Precedence.LAST);
    }

    private static Story story(StaleThread thread) {
        return new Story(thread.lines().stream()
                .map(line -> new Part(
                        Told.of(line.body()),
                        Optional.of(line.state()),
                        thread.to().zone()))
                .toList());
    }
}
