package dev.plimsoll.chat;

import dev.plimsoll.delivery.telegram.Answer;
import dev.plimsoll.delivery.telegram.Bot;
import dev.plimsoll.delivery.telegram.BotApi;
import dev.plimsoll.delivery.telegram.Update.Typed;
import dev.plimsoll.unit.SecretShape;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people type: a command, an answer to what we asked, or something else. Never logged. */
@Singleton
class Talking {
    private static final Pattern COMMAND =
            Pattern.compile("/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]+))?(?:\\s+([\\s\\S]*))?");
    private static final int LONGEST = 1_000;
    private static final String PASSED_ON =
            "Somebody else may have written that, so I did nothing about it. Write it yourself if you want it done.";

    private final Desk desk;
    private final Conversations conversations;
    private final Voice voice;
    private final Pace pace;
    private final BotApi bot;

    @Inject
    Talking(Desk desk, Conversations conversations, Voice voice, Pace pace, BotApi bot) {
        this.desk = desk;
        this.conversations = conversations;
        this.voice = voice;
        this.pace = pace;
        this.bot = bot;
    }

    Uni<Void> hear(Visit visit, Typed typed) {
        return pace.allows(visit).chain(allowed -> allowed ? answer(visit, typed) : nothing());
    }

    private Uni<Void> answer(Visit visit, Typed typed) {
        var text = typed.text().strip();
        if (SecretShape.matches(text)) {
            return refuse(visit, typed);
        }
        if (typed.passedOn()) {
            return visit.isPrivate() ? say(visit, PASSED_ON) : nothing();
        }
        var command = COMMAND.matcher(text);
        return text.length() <= LONGEST && command.matches() ? command(visit, command) : converse(visit, text);
    }

    private Uni<Void> command(Visit visit, Matcher command) {
        var name = command.group(1);
        var addressee = Optional.ofNullable(command.group(2));
        if (addressee.isEmpty() && !visit.isPrivate() && !desk.knows(name)) {
            return nothing(); // another bot's of the group
        }
        var line = name
                + Optional.ofNullable(command.group(3))
                        .map(words -> " " + words)
                        .orElse("");
        return isMeant(addressee).chain(meant -> meant ? run(visit, line) : nothing());
    }

    private Uni<Void> converse(Visit visit, String text) {
        return conversations
                .hear(visit, text.length() <= LONGEST ? text : "")
                .chain(reply -> reply.map(said -> voice.say(visit.place(), said))
                        .orElseGet(() -> visit.isPrivate() ? say(visit, lost(text)) : nothing()));
    }

    private Uni<Void> run(Visit visit, String line) {
        return desk.run(visit, line)
                .call(reply -> conversations.keep(visit, reply))
                .chain(reply -> voice.say(visit.place(), reply));
    }

    /** A command may be another bot's of the group. */
    private Uni<Boolean> isMeant(Optional<String> name) {
        return name.map(called -> bot.me()
                        .map(answer -> answer instanceof Answer.Done<Bot>(var me)
                                && me.username().equalsIgnoreCase(called)))
                .orElseGet(() -> Uni.createFrom().item(true));
    }

    /** Neither kept nor logged, and out of the chat where we can. */
    private Uni<Void> refuse(Visit visit, Typed typed) {
        return voice.remove(visit.place(), typed.message())
                .chain(removed -> voice.say(
                        visit.place(),
                        Reply.of("That looked like a private key or a seed phrase. I did not keep it"
                                + (removed ? " and deleted your message" : "; delete your message now")
                                + ". I never need one, and nobody at Plimsoll ever asks for one. Whatever it opens should count as"
                                + " stolen: move what it holds to a new wallet.")));
    }

    private static String lost(String text) {
        return text.isEmpty()
                ? "I can only read text. /help lists what I understand."
                : "I did not understand that. /help lists what I understand.";
    }

    private Uni<Void> say(Visit visit, String text) {
        return voice.say(visit.place(), Reply.of(text));
    }

    private static Uni<Void> nothing() {
        return Uni.createFrom().voidItem();
    }
}
