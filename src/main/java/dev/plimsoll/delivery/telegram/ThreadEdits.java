package dev.plimsoll.delivery.telegram;

import dev.plimsoll.delivery.SpentReplies;
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
    private final SpentReplies replies;
    private final BotApi bot;

    @Inject
    ThreadEdits(StaleThreads stale, SpentReplies replies, BotApi bot) {
        this.stale = stale;
        this.replies = replies;
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
                .map(chat -> thread.isOutdated()
                        ? bot.edit(thread.message(), post(thread, chat)).chain(answer -> settle(thread, chat, answer))
                        : spend(thread, chat))
                .orElseGet(() -> stale.shown(thread, thread.message(), Duration.ZERO));
    }

    private Uni<Void> settle(StaleThread thread, ChatAddress chat, Answer<Long> answer) {
        return switch (answer) {
            case Answer.Done<Long> done -> shown(thread);
            case Answer.Unchanged<Long> same -> shown(thread);
            case Answer.Refused<Long> refused -> shown(thread);
            case Answer.Missing<Long> gone -> anew(thread, chat);
            case Answer.Later<Long>(var pause, var why, var asked) -> stale.later(thread, pause);
            case Answer.Moved<Long> moved -> stale.end(thread);
            case Answer.Unreachable<Long> unreachable -> stale.end(thread);
            case Answer.Misconfigured<Long> misconfigured -> stale.later(thread, AFTER_FAILURE);
            case Answer.Failed<Long> failed -> stale.later(thread, AFTER_FAILURE);
        };
    }

    /** Where something is over its replies are looked at next. */
    private Uni<Void> shown(StaleThread thread) {
        return thread.isOver() ? stale.shownInPart(thread, REST) : stale.shown(thread, thread.message(), REST);
    }

    /** Takes the buttons of one reply away: what is over leaves none behind. */
    private Uni<Void> spend(StaleThread thread, ChatAddress chat) {
        return replies.next(thread)
                .chain(found -> found.map(reply -> bot.edit(reply.message(), withoutButtons(reply, chat))
                                .chain(answer -> spent(thread, reply, answer)))
                        .orElseGet(() -> stale.shown(thread, thread.message(), Duration.ZERO)));
    }

    private static Post withoutButtons(SpentReplies.Reply reply, ChatAddress chat) {
        var said = Story.of(reply.bodies().stream().map(Told::of).toList());
        return Post.of(new Place(chat.chat(), chat.topic()), said.text()).with(Precedence.LAST);
    }

    private Uni<Void> spent(StaleThread thread, SpentReplies.Reply reply, Answer<Long> answer) {
        return switch (answer) {
            case Answer.Done<Long> done -> gone(thread, reply);
            case Answer.Unchanged<Long> same -> gone(thread, reply);
            case Answer.Refused<Long> refused -> gone(thread, reply);
            case Answer.Missing<Long> missing -> gone(thread, reply);
            case Answer.Later<Long>(var pause, var why, var asked) -> stale.later(thread, pause);
            case Answer.Moved<Long> moved -> stale.end(thread);
            case Answer.Unreachable<Long> unreachable -> stale.end(thread);
            case Answer.Misconfigured<Long> misconfigured -> stale.later(thread, AFTER_FAILURE);
            case Answer.Failed<Long> failed -> stale.later(thread, AFTER_FAILURE);
        };
    }

    private Uni<Void> gone(StaleThread thread, SpentReplies.Reply reply) {
        return replies.spent(thread, reply).chain(() -> stale.later(thread, REST));
    }

    private Uni<Void> anew(StaleThread thread, ChatAddress chat) {
        var story = story(thread);
        return story.isOpen()
                ? bot.send(post(thread, chat).silently()).chain(answer -> switch (answer) {
                    case Answer.Done<Long>(var message) -> stale.shown(thread, message, REST);
                    case Answer.Later<Long>(var pause, var why, var asked) -> stale.later(thread, pause);
                    case Answer.Failed<Long> failed -> stale.later(thread, AFTER_FAILURE);
                    case Answer.Misconfigured<Long> failed -> stale.later(thread, AFTER_FAILURE);
                    case Answer.Moved<Long> moved -> stale.end(thread);
                    case Answer.Unreachable<Long> unreachable -> stale.end(thread);
                    case Answer.Unchanged<Long> unchanged -> stale.end(thread);
                    case Answer.Missing<Long> missing -> stale.end(thread);
                    case Answer.Refused<Long> refused -> stale.end(thread);
                })
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
