package dev.plimsoll.chat;

import dev.plimsoll.account.Account;
import dev.plimsoll.account.AccountStore;
import dev.plimsoll.account.Written;
import dev.plimsoll.chat.DigestWords.NotUnderstood;
import dev.plimsoll.chat.DigestWords.Understood;
import dev.plimsoll.delivery.telegram.CallbackData;
import dev.plimsoll.delivery.telegram.Command;
import dev.plimsoll.delivery.telegram.Keyboard;
import dev.plimsoll.pipeline.digest.Digest;
import dev.plimsoll.pipeline.digest.Occasion;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is read in this chat by the calendar. */
@Singleton
class DigestCommand implements ChatCommand {
    private static final String OFF = "off";
    private static final String HOW =
            "Press, or type /digest daily 08:00, /digest weekly monday 08:00, /digest bedtime 22:30 or /digest off.";

    private final ChatDigests digests;
    private final AccountStore accounts;
    private final Clock clock;

    @Inject
    DigestCommand(ChatDigests digests, AccountStore accounts, Clock clock) {
        this.digests = digests;
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public Command entry() {
        return new Command("digest", "A summary by the calendar: /digest daily 08:00");
    }

    @Override
    public int place() {
        return 11;
    }

    @Override
    public Audience audience() {
        return Audience.OWNER;
    }

    @Override
    public Uni<Reply> run(Request request) {
        if (request.words().isEmpty()) {
            return account(request).chain(account -> list(request, account));
        }
        if (request.words().equalsIgnoreCase(OFF)) {
            return digests.end(request.link().orElseThrow()).map(DigestCommand::ended);
        }
        return switch (DigestWords.read(request.words())) {
            case Understood(var occasion) -> account(request).chain(account -> set(request, account, occasion));
            case NotUnderstood(var why) ->
                Uni.createFrom().item(Reply.of(why + " " + HOW).with(buttons()));
        };
    }

    private Uni<Account> account(Request request) {
        return accounts.find(request.account()).map(Optional::orElseThrow);
    }

    private Uni<Reply> list(Request request, Account account) {
        return digests.here(request.link().orElseThrow())
                .map(here -> Reply.of(
                                (here.isEmpty() ? "No digest comes to this chat." : listed(here, account)) + " " + HOW)
                        .with(buttons()));
    }

    private static String listed(List<Digest> here, Account account) {
        return here.stream()
                .map(digest -> DigestWords.shown(digest.occasion()))
                .collect(Collectors.joining(
                        "; ", "To this chat come, by the clock of " + account.timezone() + ": ", "."));
    }

    private Uni<Reply> set(Request request, Account account, Occasion occasion) {
        return digests.set(request, occasion, account.timezone())
                .chain(done -> done.map(written -> Uni.createFrom().item(set(written, account)))
                        .orElseGet(() -> list(request, account)));
    }

    private Reply set(Written<Digest> written, Account account) {
        if (written instanceof Written.Done<Digest>(var digest)) {
            return Reply.of("Set: " + DigestWords.shown(digest.occasion()) + ", by the clock of " + account.timezone()
                            + ", to this chat." + next(digest, account))
                    .with(Keyboard.row(button("No digests here", "digest off")));
        }
        return Reply.of("You have as many digests as an account may have: /digest off ends those of this chat.");
    }

    private String next(Digest digest, Account account) {
        return digest.next()
                .map(at -> " The next one comes " + new Times(account.timezone(), clock).shown(at) + ".")
                .orElse("");
    }

    private static Reply ended(ChatDigests.Ended ended) {
        var said = ended.here() == 0 ? "No digest was made for this chat alone." : "No more of it comes to this chat.";
        return Reply.of(
                ended.elsewhere() == 0
                        ? said
                        : said + " What goes to other channels too still comes: it was made through the API, and is"
                                + " changed there.");
    }

    private static Keyboard buttons() {
        return Keyboard.of(
                List.of(button("Daily 08:00", "digest daily 08:00"), button("Bedtime 22:30", "digest bedtime 22:30")),
                List.of(button("Weekly, Monday 08:00", "digest weekly monday 08:00"), button("Off", "digest off")));
    }

    private static Keyboard.Button button(String label, String words) {
        return new Keyboard.Press(label, new CallbackData.Run(words));
    }
}
