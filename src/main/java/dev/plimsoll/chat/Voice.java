package dev.plimsoll.chat;

import dev.plimsoll.delivery.telegram.Answer;
import dev.plimsoll.delivery.telegram.BotApi;
import dev.plimsoll.delivery.telegram.NotYet;
import dev.plimsoll.delivery.telegram.Place;
import dev.plimsoll.delivery.telegram.Post;
import dev.plimsoll.delivery.telegram.Precedence;
import dev.plimsoll.delivery.telegram.ShortAddresses;
import dev.plimsoll.delivery.telegram.Update.Pressed;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Says in chats what we answer. What Telegram does not take just now is said when it does, and keeps no other chat waiting;
 * what cannot be said within two minutes is counted. Who cannot be reached has turned away and is not followed.
 */
@Singleton
class Voice {
    /** An answer that comes later answers nothing any more. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private final BotApi bot;
    private final MeterRegistry meters;

    @Inject
    Voice(BotApi bot, MeterRegistry meters) {
        this.bot = bot;
        this.meters = meters;
    }

    Uni<Void> say(Place place, Reply reply) {
        return insist(() -> send(post(place, reply)), this::note);
    }

    /** In the place of the message below which a button was pressed; below it where that is gone. */
    Uni<Void> turn(Pressed pressed, Reply reply) {
        var post = post(pressed.place(), reply);
        return insist(
                () -> bot.edit(pressed.message(), post),
                answer -> answer instanceof Answer.Missing || answer instanceof Answer.Refused
                        ? say(pressed.place(), reply)
                        : note(answer));
    }

    /** Ends the turning of a button. @param note shown for a moment; may be empty */
    Uni<Void> hear(Pressed pressed, String note) {
        return bot.answer(pressed.press(), note, false).replaceWithVoid();
    }

    /** The same with a note that must be closed by hand. */
    Uni<Void> hearLoudly(Pressed pressed, String note) {
        return bot.answer(pressed.press(), note, true).replaceWithVoid();
    }

    /** What must not stay. In a group that takes a right we may not have. */
    Uni<Boolean> remove(Place place, long message) {
        return bot.delete(place, message, Precedence.USUAL).map(answer -> answer instanceof Answer.Done);
    }

    /** A group may have become a supergroup since it was asked there. */
    private Uni<Answer<Long>> send(Post post) {
        return bot.send(post)
                .chain(answer -> answer instanceof Answer.Moved<Long>(var chat)
                        ? bot.send(post.movedTo(chat))
                        : Uni.createFrom().item(answer));
    }

    private static Uni<Void> insist(Supplier<Uni<Answer<Long>>> call, Function<Answer<Long>, Uni<Void>> then) {
        return Uni.createFrom().deferred(() -> attempt(call, then, System.nanoTime() + PATIENCE.toNanos()));
    }

    private static Uni<Void> attempt(
            Supplier<Uni<Answer<Long>>> call, Function<Answer<Long>, Uni<Void>> then, long until) {
        return call.get()
                .chain(answer -> pause(answer)
                        .filter(pause -> System.nanoTime() + pause.toNanos() - until < 0)
                        .map(pause -> new NotYet(pause, () -> attempt(call, then, until)))
                        .map(notYet -> Uni.createFrom().<Void>failure(notYet))
                        .orElseGet(() -> then.apply(answer)));
    }

    /** Before it is worth trying again; empty where it is not. */
    private static Optional<Duration> pause(Answer<Long> answer) {
        return switch (answer) {
            case Answer.Later<Long>(var pause, var why, var asked) -> Optional.of(pause);
            case Answer.Failed<Long> failed -> Optional.of(AFTER_FAILURE);
            case Answer.Done<Long> done -> Optional.empty();
            case Answer.Moved<Long> moved -> Optional.empty();
            case Answer.Unreachable<Long> unreachable -> Optional.empty();
            case Answer.Unchanged<Long> unchanged -> Optional.empty();
            case Answer.Missing<Long> missing -> Optional.empty();
            case Answer.Refused<Long> refused -> Optional.empty();
            case Answer.Misconfigured<Long> misconfigured -> Optional.empty();
        };
    }

    /** In a group others read along. */
    private static Post post(Place place, Reply reply) {
        return place.isGroup()
                ? Post.of(place, reply.text().reworded(ShortAddresses::in))
                        .with(reply.keyboard().relabelled(ShortAddresses::in))
                : Post.of(place, reply.text()).with(reply.keyboard());
    }

    private Uni<Void> note(Answer<Long> answer) {
        if (!(answer instanceof Answer.Done || answer instanceof Answer.Unchanged)) {
            meters.counter("plimsoll.chat.answers.unsaid").increment();
            Log.warnf("answer in a chat not sent: outcome=%s", answer.getClass().getSimpleName());
        }
        return Uni.createFrom().voidItem();
    }
}
