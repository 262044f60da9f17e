package dev.plimsoll.chat;

import dev.plimsoll.account.Account;
import dev.plimsoll.account.AccountStore;
import dev.plimsoll.account.ApiKey;
import dev.plimsoll.account.KeyStore;
import dev.plimsoll.delivery.ChannelStore;
import dev.plimsoll.delivery.Farewell;
import dev.plimsoll.delivery.RegisteredChannel;
import dev.plimsoll.delivery.RegisteredChannel.State;
import dev.plimsoll.delivery.telegram.CallbackData;
import dev.plimsoll.delivery.telegram.Command;
import dev.plimsoll.delivery.telegram.Keyboard;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** No more alerts here; or nothing of the account any more, which asks twice. */
@Singleton
class UnlinkCommand implements ChatCommand {
    private static final UUID FIRST = new UUID(0, 0);
    private static final int MOST = 1_000;
    private static final String CHAT = "chat";
    private static final String ERASE = "erase";
    private static final String EVERYTHING = "everything";

    private final AccountStore accounts;
    private final ChannelStore channels;
    private final KeyStore keys;
    private final Farewell farewell;

    @Inject
    UnlinkCommand(AccountStore accounts, ChannelStore channels, KeyStore keys, Farewell farewell) {
        this.accounts = accounts;
        this.channels = channels;
        this.keys = keys;
        this.farewell = farewell;
    }

    @Override
    public Command entry() {
        return new Command("unlink", "No more alerts here; delete the account");
    }

    @Override
    public int place() {
        return 15;
    }

    @Override
    public Audience audience() {
        return Audience.OWNER;
    }

    @Override
    public Uni<Reply> run(Request request) {
        return switch (request.words().toLowerCase(Locale.ROOT)) {
            case CHAT -> unlink(request);
            case ERASE -> Uni.createFrom().item(sure());
            case ERASE + " " + EVERYTHING -> erase(request);
            default -> ask(request);
        };
    }

    private Uni<Reply> ask(Request request) {
        var account = request.account();
        return accounts.find(account)
                .map(Optional::orElseThrow)
                .chain(whose -> channels.list(account, FIRST, MOST)
                        .chain(told ->
                                keys.list(account, FIRST, 1).map(known -> question(request, whose, told, known))));
    }

    private static Reply question(
            Request request, Account account, List<RegisteredChannel> channels, List<ApiKey> keys) {
        var here = request.link().orElseThrow().channel();
        var others = channels.stream()
                .filter(channel ->
                        channel.state() == State.ACTIVE && !channel.id().equals(here))
                .count();
        var told = others == 0
                ? " Then nobody is told of anything: this is your only channel."
                : " Your other channels go on: " + others + ".";
        var lost = others == 0 && keys.isEmpty()
                ? " And there is no other way back into the account, for it has no API key: /key makes one."
                : "";
        return Reply.of("Shall I stop telling of " + account.name() + " here?" + told + lost + buddys(request.visit()))
                .with(
                        List.of(button("Unlink this chat", "unlink " + CHAT)),
                        List.of(button("Delete the whole account", "unlink " + ERASE)));
    }

    private Uni<Reply> unlink(Request request) {
        var link = request.link().orElseThrow();
        return channels.delete(link.account(), link.channel(), channel -> {})
                .invoke(() -> Log.infof("chat unlinked: account=%s channel=%s", link.account(), link.channel()))
                .replaceWith(Reply.of("Unlinked: nothing more of the account is told here." + buddys(request.visit())
                        + " /start begins anew."));
    }

    /** What is told to them of others is no matter of theirs, and goes on. */
    private static String buddys(Visit visit) {
        return visit.links().stream().anyMatch(ChatLink::buddy)
                ? " What you are told here as somebody's buddy goes on: /leave ends that."
                : "";
    }

    private static Reply sure() {
        return Reply.of(
                        "Everything of the account goes: positions, rules, alerts, channels, keys. It cannot be undone.")
                .with(List.of(button("Delete it all", "unlink " + ERASE + " " + EVERYTHING)));
    }

    private Uni<Reply> erase(Request request) {
        var account = request.account();
        return farewell.of(account)
                .chain(() -> accounts.erase(account))
                .invoke(() -> Log.infof("account erased in a chat: account=%s", account))
                .replaceWith(Reply.of("The account is gone, with everything in it. /start makes a new one."));
    }

    private static Keyboard.Button button(String label, String words) {
        return new Keyboard.Press(label, new CallbackData.Run(words));
    }
}
