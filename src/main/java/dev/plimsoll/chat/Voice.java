package dev.plimsoll.chat;

import dev.plimsoll.delivery.telegram.Answer;
import dev.plimsoll.delivery.telegram.BotApi;
import dev.plimsoll.delivery.telegram.Place;
import dev.plimsoll.delivery.telegram.Post;
import dev.plimsoll.delivery.telegram.Precedence;
import dev.plimsoll.delivery.telegram.ShortAddresses;
import dev.plimsoll.delivery.telegram.Update.Pressed;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Says in chats what we answer. Who cannot be reached has turned away and is not followed. */
@Singleton
class Voice {
    private final BotApi bot;

    @Inject
    Voice(BotApi bot) {
        this.bot = bot;
    }

    Uni<Void> say(Place place, Reply reply) {
        return bot.send(post(place, reply)).invoke(Voice::note).replaceWithVoid();
    }

    /** In the place of the message below which a button was pressed; below it where that is gone. */
    Uni<Void> turn(Pressed pressed, Reply reply) {
        var post = post(pressed.place(), reply);
        return bot.edit(pressed.message(), post)
                .chain(answer -> answer instanceof Answer.Missing || answer instanceof Answer.Refused
                        ? say(pressed.place(), reply)
                        : Uni.createFrom().voidItem());
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

    /** In a group others read along. */
    private static Post post(Place place, Reply reply) {
        return place.isGroup()
                ? Post.of(place, reply.text().reworded(ShortAddresses::in))
                        .with(reply.keyboard().relabelled(ShortAddresses::in))
                : Post.of(place, reply.text()).with(reply.keyboard());
    }

    private static void note(Answer<Long> answer) {
        if (!(answer instanceof Answer.Done)) {
            Log.infof("answer in a chat not sent: outcome=%s", answer.getClass().getSimpleName());
        }
    }
}
