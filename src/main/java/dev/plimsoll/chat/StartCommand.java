package dev.plimsoll.chat;

import dev.plimsoll.account.SignUps;
import dev.plimsoll.account.SignUps.Admitted;
import dev.plimsoll.account.SignUps.Closed;
import dev.plimsoll.account.SignUps.TooMany;
import dev.plimsoll.delivery.telegram.CallbackData;
import dev.plimsoll.delivery.telegram.Command;
import dev.plimsoll.delivery.telegram.Keyboard;
import dev.plimsoll.delivery.telegram.RichText;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HexFormat;

/** The first thing anybody says: links the chat by a token, and without one offers an account. */
@Singleton
class StartCommand implements ChatCommand {
    private static final String ACCOUNT = "account";
    private static final String OFFER =
            "I watch leveraged crypto positions and tell you in time before one is liquidated: how far it is, at which price,"
                    + " and what to do. I never need a private key or a seed phrase; never send me one.\n\nShall I make an"
                    + " account for you? It begins with sensible rules: a warning, a critical alert, and one when I cannot"
                    + " see. You can delete it at any time with /unlink.";
    private static final String CLOSED =
            "Nobody can sign up here. If you have an account, open the link that adding a Telegram channel to it gave you;"
                    + " otherwise ask whoever runs this Plimsoll.";

    private final Linking linking;
    private final SignUps signUps;
    private final Newcomers newcomers;

    @Inject
    StartCommand(Linking linking, SignUps signUps, Newcomers newcomers) {
        this.linking = linking;
        this.signUps = signUps;
        this.newcomers = newcomers;
    }

    @Override
    public Command entry() {
        return new Command("start", "Begin here");
    }

    @Override
    public int place() {
        return 16;
    }

    @Override
    public Audience audience() {
        return Audience.ANYBODY;
    }

    @Override
    public Uni<Reply> run(Request request) {
        var visit = request.visit();
        if (Linking.isToken(request.words())) {
            return linking.link(visit, request.words());
        }
        if (Linking.isAgreement(request.words())) {
            return linking.agree(visit, request.words());
        }
        if (!visit.isPrivate()) {
            return answer("To have alerts here, send /link in a private chat with me and choose this group.");
        }
        if (!visit.own().isEmpty()) {
            return answer(
                    "This chat is linked already. /watch declares a position, /status says how you stand, /help what"
                            + " I can do.");
        }
        return request.words().equals(ACCOUNT) ? signUp(visit) : answer(offer());
    }

    private Reply offer() {
        return signUps.areOpen()
                ? Reply.of(OFFER)
                        .with(Keyboard.row(
                                new Keyboard.Press("Create my account", new CallbackData.Run("start " + ACCOUNT))))
                : Reply.of(CLOSED);
    }

    private Uni<Reply> signUp(Visit visit) {
        var who = "telegram " + HexFormat.of().formatHex(visit.who().person());
        return signUps.ask(who).chain(admission -> switch (admission) {
            case Admitted() -> newcomers.welcome(visit).replaceWith(welcome());
            case Closed() -> answer(CLOSED);
            case TooMany ignored -> answer("You made several accounts within an hour. Come back later.");
        });
    }

    private static Reply welcome() {
        var text = RichText.bold("Your account is ready.")
                .plus(
                        "\n\nNext, tell me what to watch: /watch asks for collateral and debt, step by step.\n\nTimes are told in"
                                + " UTC until you say otherwise: /timezone Berlin. Make sure that this chat may ring at night.");
        return Reply.of(text).with(Keyboard.row(new Keyboard.Press("Watch a position", new CallbackData.Run("watch"))));
    }

    private static Uni<Reply> answer(String text) {
        return answer(Reply.of(text));
    }

    private static Uni<Reply> answer(Reply reply) {
        return Uni.createFrom().item(reply);
    }
}
