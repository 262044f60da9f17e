package dev.plimsoll.chat;

import dev.plimsoll.account.KeyDraft;
import dev.plimsoll.account.KeyStore;
import dev.plimsoll.account.NewKey;
import dev.plimsoll.account.Scope;
import dev.plimsoll.account.Tenant;
import dev.plimsoll.account.Written;
import dev.plimsoll.delivery.telegram.CallbackData;
import dev.plimsoll.delivery.telegram.Command;
import dev.plimsoll.delivery.telegram.Inbox;
import dev.plimsoll.delivery.telegram.Keyboard;
import dev.plimsoll.delivery.telegram.RichText;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** An API key, shown once, where nobody else reads. */
@Singleton
class KeyCommand implements ChatCommand {
    /** What the button below it says: whoever reads this chat reads the key. */
    static final String FORGET = "forget";

    private static final KeyDraft DRAFT = new KeyDraft("made in Telegram", Scope.FULL, Optional.empty());

    private final Tenant tenant;
    private final KeyStore keys;
    private final Inbox inbox;

    @Inject
    KeyCommand(Tenant tenant, KeyStore keys, Inbox inbox) {
        this.tenant = tenant;
        this.keys = keys;
        this.inbox = inbox;
    }

    @Override
    public Command entry() {
        return new Command("key", "An API key for programs");
    }

    @Override
    public int place() {
        return 13;
    }

    @Override
    public Audience audience() {
        return Audience.OWNER_ALONE;
    }

    @Override
    public Uni<Reply> run(Request request) {
        return tenant.session(
                request.account(),
                session -> inbox.settle(session, request.visit().update())
                        .chain(first -> first
                                ? keys.add(session, request.account(), DRAFT).map(KeyCommand::reply)
                                : Uni.createFrom()
                                        .item(Reply.of("That key was made already. Send /key for another."))));
    }

    private static Reply reply(Written<NewKey> written) {
        return written instanceof Written.Done<NewKey>(var made)
                ? shown(made)
                : Reply.of(
                        "You have as many API keys as an account may have. Revoke one first: DELETE /account/keys/{id}.");
    }

    private static Reply shown(NewKey made) {
        var text = RichText.plain("Your API key, shown this once:\n\n")
                .plus(RichText.code(made.secret().reveal()))
                .plus(
                        "\n\nIt may do everything with your account. Keep it where you keep passwords, then delete this message:"
                                + " whoever opens this chat can read it.");
        return Reply.of(text)
                .with(Keyboard.row(new Keyboard.Press("Delete this message", new CallbackData.Run(FORGET))));
    }
}
