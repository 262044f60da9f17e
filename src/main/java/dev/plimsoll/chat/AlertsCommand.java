package dev.plimsoll.chat;

import dev.plimsoll.account.Account;
import dev.plimsoll.account.AccountStore;
import dev.plimsoll.alert.AlertHistoryStore;
import dev.plimsoll.alert.AlertHistoryStore.Filter;
import dev.plimsoll.delivery.telegram.CallbackData;
import dev.plimsoll.delivery.telegram.Command;
import dev.plimsoll.delivery.telegram.Keyboard;
import dev.plimsoll.delivery.telegram.Keyboard.Button;
import dev.plimsoll.delivery.telegram.RichText;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What fires now, with its buttons; where nothing does, what fired last. */
@Singleton
class AlertsCommand implements ChatCommand {
    private static final int MOST_SHOWN = 8;

    private final AlertHistoryStore alerts;
    private final AccountStore accounts;
    private final Clock clock;

    @Inject
    AlertsCommand(AlertHistoryStore alerts, AccountStore accounts, Clock clock) {
        this.alerts = alerts;
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public Command entry() {
        return new Command("alerts", "What fires now, and what fired last");
    }

    @Override
    public int place() {
        return 8;
    }

    @Override
    public Audience audience() {
        return Audience.READERS;
    }

    @Override
    public Uni<Reply> run(Request request) {
        return accounts.find(request.account())
                .map(Optional::orElseThrow)
                .chain(account -> list(account, "firing")
                        .chain(firing -> firing.isEmpty()
                                ? list(account, "resolved").map(over -> quiet(over, account))
                                : whole(firing, account).map(whole -> firing(whole, account))));
    }

    /** With their timelines, which say who acknowledged them. */
    private Uni<List<JsonObject>> whole(List<JsonObject> listed, Account account) {
        return Multi.createFrom()
                .iterable(listed)
                .onItem()
                .transformToUniAndConcatenate(alert -> alerts.find(account.id(), UUID.fromString(alert.getString("id")))
                        .map(found -> found.orElse(alert)))
                .collect()
                .asList();
    }

    private Uni<List<JsonObject>> list(Account account, String state) {
        var filter = new Filter(Optional.of(state), Optional.empty(), Optional.empty());
        return alerts.list(account.id(), filter, Optional.empty(), MOST_SHOWN);
    }

    private Reply quiet(List<JsonObject> over, Account account) {
        var times = new Times(account.timezone(), clock);
        var head = RichText.bold("No alert is firing.");
        return over.isEmpty()
                ? Reply.of(head)
                : Reply.of(head.plus("\n\nThe last ones:\n")
                        .plus(RichText.lines(over.stream()
                                .map(alert -> RichText.plain(AlertWords.line(alert, times)))
                                .toList())));
    }

    private Reply firing(List<JsonObject> firing, Account account) {
        var times = new Times(account.timezone(), clock);
        var lines = firing.stream()
                .map(alert -> RichText.plain(AlertWords.line(alert, times)))
                .toList();
        return Reply.of(RichText.lines(lines))
                .with(new Keyboard(firing.stream().map(AlertsCommand::row).toList()));
    }

    private static List<Button> row(JsonObject alert) {
        var id = UUID.fromString(alert.getString("id"));
        var details = new Keyboard.Press(AlertWords.about(alert), new CallbackData.Details(id));
        var snooze = new Keyboard.Press("Snooze 1 h", new CallbackData.Snooze(id));
        return AlertWords.isAcknowledged(alert)
                ? List.of(details, snooze)
                : List.of(details, new Keyboard.Press("Acknowledge", new CallbackData.Acknowledge(id)), snooze);
    }
}
