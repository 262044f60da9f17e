package dev.plimsoll.chat;

import dev.plimsoll.account.AccountStore;
import dev.plimsoll.alert.AlertHistoryStore;
import dev.plimsoll.alert.StandingText;
import dev.plimsoll.alert.Text;
import dev.plimsoll.delivery.telegram.RichText;
import dev.plimsoll.position.Position;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What more there is to say below an alert: its details, and what was repaid. */
@Singleton
class AlertViews {
    private final AlertHistoryStore alerts;
    private final AccountStore accounts;
    private final Standings standings;
    private final Repayments repayments;
    private final Clock clock;

    @Inject
    AlertViews(
            AlertHistoryStore alerts, AccountStore accounts, Standings standings, Repayments repayments, Clock clock) {
        this.alerts = alerts;
        this.accounts = accounts;
        this.standings = standings;
        this.repayments = repayments;
        this.clock = clock;
    }

    /** An alert of one of the accounts that are linked here. */
    private record Found(ChatLink link, JsonObject alert) {}

    Uni<Reply> details(Visit visit, UUID alert) {
        return view(visit, alert, this::details);
    }

    /** Only for whoever linked the chat. */
    Uni<Reply> repaid(Visit visit, UUID alert) {
        return view(visit, alert, found -> repaid(visit, found));
    }

    private Uni<Reply> view(Visit visit, UUID alert, Function<Found, Uni<Reply>> shown) {
        return find(visit, alert)
                .chain(found -> found.map(it -> it.link()
                                .refusal()
                                .map(why -> Uni.createFrom().item(Reply.of(why)))
                                .orElseGet(() -> shown.apply(it)))
                        .orElseGet(() -> Uni.createFrom().item(Reply.of(AlertPresses.GONE))));
    }

    private Uni<Optional<Found>> find(Visit visit, UUID alert) {
        return Multi.createFrom()
                .iterable(visit.own())
                .onItem()
                .transformToUniAndConcatenate(link ->
                        alerts.find(link.account(), alert).map(found -> found.map(json -> new Found(link, json))))
                .filter(Optional::isPresent)
                .map(Optional::orElseThrow)
                .toUni()
                .map(Optional::ofNullable);
    }

    private Uni<Optional<Position>> position(Found found) {
        return Optional.ofNullable(found.alert().getJsonObject("position"))
                .map(position -> standings.find(found.link().account(), UUID.fromString(position.getString("id"))))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    private Uni<Reply> details(Found found) {
        return position(found)
                .chain(position -> accounts.find(found.link().account())
                        .map(Optional::orElseThrow)
                        .map(account ->
                                Reply.of(details(found.alert(), position, new Times(account.timezone(), clock)))));
    }

    private RichText details(JsonObject alert, Optional<Position> position, Times times) {
        var lines = new ArrayList<RichText>();
        lines.add(RichText.bold(AlertWords.line(alert, times)));
        Optional.ofNullable(alert.getString("worst"))
                .ifPresent(worst -> lines.add(RichText.plain("Worst so far: " + worst)));
        position.map(standings::seen)
                .map(seen -> StandingText.whole(seen.position().name(), seen.standing()))
                .ifPresent(text -> lines.add(now(text)));
        return RichText.lines(lines);
    }

    private static RichText now(Text text) {
        var figures = text.figures().stream()
                .map(figure -> figure.name() + ": " + figure.value())
                .collect(Collectors.joining("\n"));
        var said = Stream.of(Optional.of(text.happened()), text.stakes(), text.remedy(), text.remark())
                .flatMap(Optional::stream)
                .collect(Collectors.joining("\n\n"));
        return RichText.plain("\n" + said + (figures.isEmpty() ? "" : "\n\n" + figures));
    }

    private Uni<Reply> repaid(Visit visit, Found found) {
        return visit.owns(found.link())
                ? position(found)
                        .map(position -> position.map(it -> repayments.begin(it, visit))
                                .orElseGet(() -> Reply.of("There is no position to this alert any more.")))
                : Uni.createFrom().item(Reply.of("Only who linked this chat says what was repaid."));
    }
}
