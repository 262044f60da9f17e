package dev.plimsoll.api;

import dev.plimsoll.account.Tenant;
import dev.plimsoll.alert.Act;
import dev.plimsoll.alert.AlertActStore.Already;
import dev.plimsoll.alert.AlertActStore.Done;
import dev.plimsoll.alert.AlertActStore.Missing;
import dev.plimsoll.alert.AlertActStore.NotFiring;
import dev.plimsoll.alert.AlertActStore.Result;
import dev.plimsoll.alert.AlertHistoryStore;
import dev.plimsoll.delivery.Acts;
import dev.plimsoll.delivery.ChannelStore;
import dev.plimsoll.delivery.OneClickLinks.Click;
import dev.plimsoll.delivery.OneClickLinks.Doing;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** What stands behind a one-click link, and what becomes of clicking it. */
@Singleton
class OneClicks {
    private static final Duration SNOOZE = Duration.ofHours(1);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private final Tenant tenant;
    private final ChannelStore channels;
    private final AlertHistoryStore alerts;
    private final Acts acts;
    private final Clock clock;

    OneClicks(Tenant tenant, ChannelStore channels, AlertHistoryStore alerts, Acts acts, Clock clock) {
        this.tenant = tenant;
        this.channels = channels;
        this.alerts = alerts;
        this.acts = acts;
        this.clock = clock;
    }

    /**
     * What its holder is told.
     *
     * @param state of the alert: {@code firing}, …
     * @param open  whether there is something to click
     */
    record Told(Click click, String about, String state, String text, boolean open) {

        LinkAnswer answer() {
            return new LinkAnswer(
                    click.doing().name().toLowerCase(Locale.ROOT),
                    "alert",
                    click.alert(),
                    about,
                    state,
                    text,
                    open ? Optional.of(button()) : Optional.empty());
        }

        private String button() {
            return switch (click.doing()) {
                case ACKNOWLEDGE -> "Acknowledge";
                case SNOOZE -> "Snooze for an hour";
            };
        }
    }

    Uni<Told> show(Click click) {
        return tenant.sql(click.account(), tx -> alert(tx, click)).map(alert -> shown(click, alert));
    }

    Uni<Told> act(Click click) {
        return tenant.sql(
                click.account(),
                tx -> alert(tx, click)
                        .chain(alert -> acts.act(tx, click.account(), click.alert(), asked(click))
                                .map(result -> done(click, alert, result))));
    }

    private Uni<JsonObject> alert(SqlConnection tx, Click click) {
        return channels.isActive(tx, click.account(), click.channel())
                .chain(active -> active
                        ? alerts.find(tx, click.account(), click.alert())
                        : Uni.createFrom().item(Optional.<JsonObject>empty()))
                .map(found -> found.orElseThrow(OneClicks::gone));
    }

    static HttpProblem gone() {
        return Problems.of(ProblemType.NOT_FOUND, "This link leads nowhere: its alert or its channel is gone.");
    }

    private Act asked(Click click) {
        var now = clock.instant();
        return switch (click.doing()) {
            case ACKNOWLEDGE -> new Act.Acknowledge(now, Optional.empty());
            case SNOOZE -> new Act.Snooze(now, now.plus(SNOOZE));
        };
    }

    private static Told shown(Click click, JsonObject alert) {
        var state = alert.getString("state");
        var open = state.equals("firing");
        var text = open ? about(alert) + " is firing. " + promise(click.doing()) : over(alert, state);
        return new Told(click, about(alert), state, text, open);
    }

    private static String promise(Doing doing) {
        return switch (doing) {
            case ACKNOWLEDGE ->
                "Acknowledge it, and it is told again only when it gets worse, is over or fires for long.";
            case SNOOZE ->
                "Snooze it for an hour, and until then it is told only when it gets worse or is over; a critical"
                        + " alert is snoozed for half an hour at most.";
        };
    }

    private static Told done(Click click, JsonObject alert, Result result) {
        var state = alert.getString("state");
        var text = switch (result) {
            case Done(var before, var shown, var sequence, Act.Snooze(var at, var until, var note)) ->
                about(alert) + " is snoozed until " + TIME.format(until) + ".";
            case Done ignored -> about(alert) + " is acknowledged. Everybody it is for hears of it.";
            case Already() -> about(alert) + " was acknowledged before.";
            case NotFiring(var now) -> throw Problems.conflict(over(alert, now));
            case Missing() -> throw gone();
        };
        return new Told(click, about(alert), state, text, false);
    }

    private static String over(JsonObject alert, String state) {
        return about(alert) + " is " + state + ": there is nothing to do about it.";
    }

    /** {@code ETH loan: critical}. */
    private static String about(JsonObject alert) {
        var rule = alert.getJsonObject("rule", new JsonObject()).getString("name", "An alert");
        return Optional.ofNullable(alert.getJsonObject("position"))
                .map(position -> position.getString("name") + ": " + rule)
                .orElse(rule);
    }
}
