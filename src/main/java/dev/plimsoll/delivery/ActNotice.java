package dev.plimsoll.delivery;

import dev.plimsoll.alert.Act;
import dev.plimsoll.alert.Act.Acknowledge;
import dev.plimsoll.alert.Act.Snooze;
import dev.plimsoll.alert.AlertActStore.Done;
import dev.plimsoll.alert.Attention;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Ids;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Tells everybody an alert is for that one of them has taken it up. */
public final class ActNotice {
    private static final DateTimeFormatter CLOCK_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private ActNotice() {}

    public static Notice of(UUID account, Done done) {
        var alert = done.alert();
        var act = done.act();
        var severity = Severity.valueOf(alert.getString("severity").toUpperCase(Locale.ROOT));
        var text = text(done.shown(), act, severity);
        return new Notice(
                Ids.next(),
                account,
                Optional.of(UUID.fromString(alert.getString("id"))),
                Optional.of(done.sequence()),
                act.type(),
                severity,
                act.at(),
                Optional.ofNullable(done.shown().getJsonArray("channels")).map(ActNotice::ids),
                data(account, done, act, text).encode(),
                text);
    }

    private static JsonObject data(UUID account, Done done, Act act, String text) {
        var data = new JsonObject()
                .put("account", account.toString())
                .put("alert", alert(done, act))
                .put("rule", done.shown().getJsonObject("rule"));
        Optional.ofNullable(done.shown().getJsonObject("position"))
                .ifPresent(position -> data.put("position", position));
        return data.put("text", text);
    }

    private static JsonObject alert(Done done, Act act) {
        var json = new JsonObject();
        Stream.of("id", "subject", "episode", "state", "severity", "startedAt")
                .forEach(field -> json.put(field, done.alert().getValue(field)));
        json.put("sequence", done.sequence()).put("reason", act.reason());
        return switch (act) {
            case Acknowledge(var at, var note) -> json.put("acknowledgedAt", at.toString());
            case Snooze(var at, var until, var note) -> json.put("snoozedUntil", until.toString());
        };
    }

    private static String text(JsonObject shown, Act act, Severity severity) {
        var rule = shown.getJsonObject("rule").getString("name");
        var about = Optional.ofNullable(shown.getJsonObject("position"))
                .map(position -> position.getString("name") + ": " + rule)
                .orElse(rule);
        return switch (act) {
            case Acknowledge(var at, var note) ->
                about + " is acknowledged" + note(note)
                        + ". You hear of it again when it gets worse or is over, and at "
                        + shown(at.plus(Attention.patience(severity)))
                        + " if it still fires.";
            case Snooze(var at, var until, var note) ->
                about + " is snoozed until " + shown(until) + note(note)
                        + ". Until then you hear of it only when it gets worse or is over.";
        };
    }

    private static String note(Optional<String> note) {
        return note.map(said -> " (" + said + ")").orElse("");
    }

    private static String shown(Instant until) {
        return CLOCK_TIME.format(until);
    }

    private static List<UUID> ids(JsonArray channels) {
        return channels.stream().map(id -> UUID.fromString(id.toString())).toList();
    }
}
