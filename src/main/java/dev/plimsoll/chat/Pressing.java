package dev.plimsoll.chat;

import dev.plimsoll.delivery.telegram.CallbackData;
import dev.plimsoll.delivery.telegram.Update.Pressed;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** What people press. A press is always answered, so that no button turns for ever. */
@Singleton
class Pressing {
    private static final String OLD = "This button is too old to do anything. /help lists what I can do.";
    private static final String STRANGER = "This chat is linked to no account, so this button does nothing.";

    private static final String TOO_MUCH = "That is too much at once: press again in a minute.";

    private final Desk desk;
    private final Conversations conversations;
    private final AlertPresses acts;
    private final AllAlerts all;
    private final AlertViews views;
    private final Pace pace;
    private final Voice voice;

    @Inject
    Pressing(
            Desk desk,
            Conversations conversations,
            AlertPresses acts,
            AllAlerts all,
            AlertViews views,
            Pace pace,
            Voice voice) {
        this.desk = desk;
        this.conversations = conversations;
        this.acts = acts;
        this.all = all;
        this.views = views;
        this.pace = pace;
        this.voice = voice;
    }

    Uni<Void> hear(Visit visit, Pressed pressed) {
        return isStranger(visit)
                ? voice.hear(pressed, STRANGER)
                : pace.allows(visit).chain(allowed -> allowed ? act(visit, pressed) : voice.hear(pressed, TOO_MUCH));
    }

    private Uni<Void> act(Visit visit, Pressed pressed) {
        return pressed.data().map(data -> hear(visit, pressed, data)).orElseGet(() -> voice.hearLoudly(pressed, OLD));
    }

    /** In a private chat only its one person presses; whoever else says so is no button. */
    private static boolean isStranger(Visit visit) {
        return visit.isPrivate()
                && visit.person()
                        .filter(person -> person.id() == visit.place().chat())
                        .isEmpty();
    }

    private Uni<Void> hear(Visit visit, Pressed pressed, CallbackData data) {
        return switch (data) {
            case CallbackData.Acknowledge(var alert) ->
                acts.acknowledge(visit, alert).chain(said -> voice.hear(pressed, said));
            case CallbackData.AcknowledgeAll() ->
                all.acknowledge(visit, pressed.message()).chain(said -> voice.hear(pressed, said));
            case CallbackData.Snooze(var alert) -> acts.snooze(visit, alert).chain(said -> voice.hear(pressed, said));
            case CallbackData.Details(var alert) -> say(visit, pressed, views.details(visit, alert));
            case CallbackData.Repaid(var alert) -> say(visit, pressed, views.repaid(visit, alert));
            case CallbackData.Step(var conversation, var choice) ->
                conversations.press(visit, conversation, choice).chain(reply -> turn(pressed, reply));
            case CallbackData.Run(var words) -> run(visit, pressed, words);
        };
    }

    private Uni<Void> run(Visit visit, Pressed pressed, String words) {
        if (words.equals(KeyCommand.FORGET) && visit.isPrivate()) {
            return voice.remove(pressed.place(), pressed.message())
                    .chain(removed ->
                            voice.hear(pressed, removed ? "Deleted." : "I could not delete it: delete it yourself."));
        }
        return say(visit, pressed, desk.run(visit, words));
    }

    private Uni<Void> say(Visit visit, Pressed pressed, Uni<Reply> answer) {
        return answer.call(reply -> conversations.keep(visit, reply))
                .call(() -> voice.hear(pressed, ""))
                .chain(reply -> voice.say(pressed.place(), reply));
    }

    private Uni<Void> turn(Pressed pressed, Optional<Reply> reply) {
        return reply.map(said -> voice.hear(pressed, "").chain(() -> voice.turn(pressed, said)))
                .orElseGet(() -> voice.hearLoudly(
                        pressed, "That is over already. /positions shows what is watched; /watch begins anew."));
    }
}
