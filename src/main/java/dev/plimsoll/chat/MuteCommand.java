package dev.plimsoll.chat;

import dev.plimsoll.account.AccountStore;
import dev.plimsoll.account.Tenant;
import dev.plimsoll.account.Written;
import dev.plimsoll.alert.Silence;
import dev.plimsoll.alert.SilenceDraft;
import dev.plimsoll.alert.SilenceStore;
import dev.plimsoll.delivery.telegram.CallbackData;
import dev.plimsoll.delivery.telegram.Command;
import dev.plimsoll.delivery.telegram.Inbox;
import dev.plimsoll.delivery.telegram.Keyboard;
import dev.plimsoll.rule.Watches;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Quiet for a while, on every channel: a silence. */
@Singleton
class MuteCommand implements ChatCommand {
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final UUID FIRST = new UUID(0, 0);
    private static final int ALL = 1_000;
    private static final String OFF = "off";
    private static final String HOW =
            "For how long shall every channel be quiet? Press, or type /mute 3h. Even then you hear when a position can be"
                    + " liquidated.";

    private final Tenant tenant;
    private final SilenceStore silences;
    private final AccountStore accounts;
    private final Inbox inbox;
    private final Clock clock;

    @Inject
    MuteCommand(Tenant tenant, SilenceStore silences, AccountStore accounts, Inbox inbox, Clock clock) {
        this.tenant = tenant;
        this.silences = silences;
        this.accounts = accounts;
        this.inbox = inbox;
        this.clock = clock;
    }

    @Override
    public Command entry() {
        return new Command("mute", "Quiet for a while: /mute 2h, /mute off");
    }

    @Override
    public int place() {
        return 9;
    }

    @Override
    public Audience audience() {
        return Audience.OWNER;
    }

    @Override
    public Uni<Reply> run(Request request) {
        if (request.words().equalsIgnoreCase(OFF)) {
            return unmute(request.account());
        }
        return HumanDuration.of(request.words())
                .map(time -> mute(request, time))
                .orElseGet(() -> Uni.createFrom()
                        .item(Reply.of(HOW)
                                .with(Keyboard.row(
                                        button("1 h", "mute 1h"),
                                        button("8 h", "mute 8h"),
                                        button("24 h", "mute 24h"),
                                        button("Off", "mute off")))));
    }

    private static Keyboard.Press button(String label, String words) {
        return new Keyboard.Press(label, new CallbackData.Run(words));
    }

    private Uni<Reply> mute(Request request, Duration time) {
        if (time.compareTo(LONGEST) > 0) {
            return Uni.createFrom().item(Reply.of("A week at most: nobody remembers a longer silence."));
        }
        var now = clock.instant();
        var until = now.plus(time);
        var reason = "muted in Telegram by " + request.visit().name();
        var draft = new SilenceDraft(new Watches.All(), now, until, reason, false);
        return tenant.session(
                        request.account(),
                        session -> inbox.settle(session, request.visit().update())
                                .chain(first -> first
                                        ? silences.add(session, request.account(), draft, now)
                                                .map(written -> written instanceof Written.Done)
                                        : Uni.createFrom().item(true)))
                .chain(done -> done ? muted(request.account(), until) : full());
    }

    private Uni<Reply> muted(UUID account, Instant until) {
        return accounts.find(account)
                .map(Optional::orElseThrow)
                .map(whose -> Reply.of("Quiet until " + new Times(whose.timezone(), clock).shown(until)
                                + ", on every channel. What still fires then is told then; that a position can be liquidated is"
                                + " told at once.")
                        .with(Keyboard.row(button("End the silence", "mute off"))));
    }

    private static Uni<Reply> full() {
        return Uni.createFrom()
                .item(Reply.of("You have as many silences as an account may have: /mute off ends them."));
    }

    private Uni<Reply> unmute(UUID account) {
        return silences.list(account, FIRST, ALL)
                .map(all -> all.stream().filter(this::isMute).toList())
                .call(mutes -> end(account, mutes))
                .map(mutes -> Reply.of(
                        mutes.isEmpty()
                                ? "You were not muted."
                                : "The silence is over: what fires and was not told is told now."));
    }

    private boolean isMute(Silence silence) {
        return silence.watches() instanceof Watches.All && silence.until().isAfter(clock.instant());
    }

    private Uni<Void> end(UUID account, List<Silence> mutes) {
        return Multi.createFrom()
                .iterable(mutes)
                .onItem()
                .transformToUniAndConcatenate(mute -> silences.delete(account, mute.id()))
                .collect()
                .asList()
                .replaceWithVoid();
    }
}
