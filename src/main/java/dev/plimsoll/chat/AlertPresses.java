package dev.plimsoll.chat;

import dev.plimsoll.account.AccountStore;
import dev.plimsoll.account.Tenant;
import dev.plimsoll.alert.Act;
import dev.plimsoll.alert.AlertActStore.Already;
import dev.plimsoll.alert.AlertActStore.Done;
import dev.plimsoll.alert.AlertActStore.Missing;
import dev.plimsoll.alert.AlertActStore.NotFiring;
import dev.plimsoll.alert.AlertActStore.Result;
import dev.plimsoll.delivery.Acts;
import dev.plimsoll.delivery.telegram.Inbox;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Acknowledging and snoozing below an alert: anybody who reads it there may, and everybody hears who it was. */
@Singleton
class AlertPresses {
    static final Duration SNOOZE = Duration.ofHours(1);
    static final String GONE = "This alert is none of this chat's any more.";

    private final Tenant tenant;
    private final Acts acts;
    private final AccountStore accounts;
    private final Inbox inbox;
    private final Clock clock;

    @Inject
    AlertPresses(Tenant tenant, Acts acts, AccountStore accounts, Inbox inbox, Clock clock) {
        this.tenant = tenant;
        this.acts = acts;
        this.accounts = accounts;
        this.inbox = inbox;
        this.clock = clock;
    }

    /** What is told to whoever pressed. */
    Uni<String> acknowledge(Visit visit, UUID alert) {
        return act(visit, visit.links(), alert, new Act.Acknowledge(clock.instant(), by(visit)));
    }

    Uni<String> snooze(Visit visit, UUID alert) {
        if (visit.isBuddys()) {
            return Uni.createFrom().item("You may acknowledge it, but not snooze it.");
        }
        var now = clock.instant();
        return act(visit, visit.own(), alert, new Act.Snooze(now, now.plus(SNOOZE), by(visit)));
    }

    private static Optional<String> by(Visit visit) {
        return Optional.of("by " + visit.name());
    }

    /** Of the accounts that are linked here, the one whose alert it is. */
    private Uni<String> act(Visit visit, List<ChatLink> links, UUID alert, Act act) {
        return Multi.createFrom()
                .iterable(links)
                .onItem()
                .transformToUniAndConcatenate(link -> act(visit, link, alert, act))
                .filter(Optional::isPresent)
                .map(Optional::orElseThrow)
                .toUni()
                .map(said -> Optional.ofNullable(said).orElse(GONE));
    }

    private Uni<Optional<String>> act(Visit visit, ChatLink link, UUID alert, Act act) {
        return tenant.sql(
                        link.account(),
                        tx -> acts.act(tx, link.account(), alert, act)
                                .call(result -> result instanceof Done
                                        ? inbox.settle(tx, visit.update()).invoke(AlertPresses::once)
                                        : Uni.createFrom().item(true)))
                .chain(result -> said(link, result));
    }

    /** Whoever lost the turn to another replica undoes what that one has done. */
    private static void once(boolean first) {
        if (!first) {
            throw new IllegalStateException("this press was acted on before");
        }
    }

    private Uni<Optional<String>> said(ChatLink link, Result result) {
        return switch (result) {
            case Done(var before, var shown, var sequence, Act.Snooze snooze) ->
                accounts.find(link.account())
                        .map(account -> account.map(it -> new Times(it.timezone(), clock).shown(snooze.until()))
                                .map(until -> "Snoozed until " + until + "."));
            case Done ignored -> answer("Acknowledged. Everybody it is for hears of it.");
            case Already() -> answer("It was acknowledged before.");
            case NotFiring(var state) -> answer("It is " + state + ": there is nothing to do about it.");
            case Missing() -> Uni.createFrom().item(Optional.empty());
        };
    }

    private static Uni<Optional<String>> answer(String text) {
        return Uni.createFrom().item(Optional.of(text));
    }
}
