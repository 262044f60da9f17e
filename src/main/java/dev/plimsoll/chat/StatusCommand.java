package dev.plimsoll.chat;

import dev.plimsoll.account.Account;
import dev.plimsoll.account.AccountStore;
import dev.plimsoll.alert.AlertHistoryStore;
import dev.plimsoll.alert.AlertHistoryStore.Filter;
import dev.plimsoll.alert.Readable;
import dev.plimsoll.chat.Standings.Seen;
import dev.plimsoll.delivery.ChannelStore;
import dev.plimsoll.delivery.RegisteredChannel;
import dev.plimsoll.delivery.RegisteredChannel.State;
import dev.plimsoll.delivery.Wakings;
import dev.plimsoll.delivery.telegram.CallbackData;
import dev.plimsoll.delivery.telegram.Command;
import dev.plimsoll.delivery.telegram.Keyboard;
import dev.plimsoll.delivery.telegram.RichText;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** All of an account at a glance. */
@Singleton
class StatusCommand implements ChatCommand {
    private static final UUID FIRST = new UUID(0, 0);
    private static final int MOST = 100;
    private static final Filter FIRING = new Filter(Optional.of("firing"), Optional.empty(), Optional.empty());

    private final AccountStore accounts;
    private final Standings standings;
    private final AlertHistoryStore alerts;
    private final ChannelStore channels;
    private final Wakings wakings;
    private final Clock clock;

    @Inject
    StatusCommand(
            AccountStore accounts,
            Standings standings,
            AlertHistoryStore alerts,
            ChannelStore channels,
            Wakings wakings,
            Clock clock) {
        this.accounts = accounts;
        this.standings = standings;
        this.alerts = alerts;
        this.channels = channels;
        this.wakings = wakings;
        this.clock = clock;
    }

    private record Glance(
            Account account,
            List<Seen> seen,
            List<JsonObject> firing,
            List<RegisteredChannel> channels,
            Optional<String> mute) {}

    @Override
    public Command entry() {
        return new Command("status", "How you stand, at a glance");
    }

    @Override
    public int place() {
        return 1;
    }

    @Override
    public Audience audience() {
        return Audience.READERS;
    }

    @Override
    public Uni<Reply> run(Request request) {
        var account = request.account();
        return accounts.find(account)
                .map(Optional::orElseThrow)
                .chain(whose -> standings
                        .of(account)
                        .chain(seen -> alerts.list(account, FIRING, Optional.empty(), MOST)
                                .chain(firing -> channels.list(account, FIRST, MOST)
                                        .chain(told -> wakings.problem(account)
                                                .map(mute -> reply(new Glance(whose, seen, firing, told, mute)))))));
    }

    private Reply reply(Glance glance) {
        var lines = new ArrayList<String>();
        lines.add(alerts(glance.firing().size()));
        lines.add(lowest(glance.seen()));
        var blind = glance.seen().stream().filter(Seen::isBlind).count();
        if (blind > 0) {
            lines.add(blind + " of " + glance.seen().size() + " positions cannot be judged now: see /positions.");
        }
        var times = new Times(glance.account().timezone(), clock);
        standings
                .market()
                .ifPresent(market ->
                        lines.add("Prices as of " + times.shown(market.tick().at()) + "."));
        trouble(glance.channels()).ifPresent(lines::add);
        glance.mute().ifPresent(lines::add);
        var text = RichText.bold(glance.account().name()).plus("\n" + String.join("\n", lines));
        return Reply.of(text)
                .with(Keyboard.row(
                        new Keyboard.Press("Positions", new CallbackData.Run("positions")),
                        new Keyboard.Press("Alerts", new CallbackData.Run("alerts"))));
    }

    private static String alerts(int firing) {
        return switch (firing) {
            case 0 -> "No alert is firing.";
            case 1 -> "1 alert is firing.";
            default -> firing + " alerts are firing.";
        };
    }

    private static String lowest(List<Seen> seen) {
        if (seen.isEmpty()) {
            return "You watch nothing yet: /watch declares a position.";
        }
        return seen.stream()
                .filter(one -> one.health().isPresent())
                .findFirst()
                .map(one -> "Lowest health factor: "
                        + Readable.factor(one.health().orElseThrow().healthFactor()) + " ("
                        + one.position().name() + ").")
                .orElse("None of your positions owes anything that can be judged now.");
    }

    private static Optional<String> trouble(List<RegisteredChannel> channels) {
        var off = channels.stream()
                .filter(channel -> channel.state() == State.DISABLED)
                .map(RegisteredChannel::name)
                .toList();
        return off.isEmpty()
                ? Optional.empty()
                : Optional.of("Not told any more: " + String.join(", ", off) + ". Mend that, or you miss alerts.");
    }
}
