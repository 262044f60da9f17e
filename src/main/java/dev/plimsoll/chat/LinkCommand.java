package dev.plimsoll.chat;

import dev.plimsoll.delivery.telegram.Command;
import dev.plimsoll.delivery.telegram.Keyboard;
import dev.plimsoll.delivery.telegram.RichText;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** Links another chat to the same account; in a topic, by the code that is typed there. */
@Singleton
class LinkCommand implements ChatCommand {
    private final Linking linking;
    private final Invitations invitations;

    @Inject
    LinkCommand(Linking linking, Invitations invitations) {
        this.linking = linking;
        this.invitations = invitations;
    }

    @Override
    public Command entry() {
        return new Command("link", "Alerts in a group or another chat too");
    }

    @Override
    public int place() {
        return 14;
    }

    @Override
    public Audience audience() {
        return Audience.OWNER_ALONE;
    }

    @Override
    public Audience audience(String words) {
        return Linking.isToken(words) ? Audience.ANYBODY : audience();
    }

    @Override
    public Uni<Reply> run(Request request) {
        return Linking.isToken(request.words())
                ? linking.link(request.visit(), request.words())
                : invitations.another(request.account()).map(LinkCommand::reply);
    }

    private static Reply reply(Invitations.Made made) {
        return switch (made) {
            case Invitations.Invited invited -> {
                var text = RichText.plain(
                                "Good once, and for ten minutes. Choose a group below, or in a topic of one type: ")
                        .plus(RichText.code("/link@" + invited.bot().username() + " "
                                + invited.token().code()))
                        .plus(
                                "\n\nWhoever opens it first has the chat linked to your account: pass it on to nobody else.");
                yield Reply.of(text)
                        .with(
                                List.of(new Keyboard.Link("Choose a group", invited.groupLink())),
                                List.of(new Keyboard.Link("Another private chat", invited.link())));
            }
            case Invitations.Full(var limit) ->
                Reply.of("You have %d channels, as many as an account may have.".formatted(limit));
            case Invitations.Unavailable(var why) -> Reply.of(why);
        };
    }
}
