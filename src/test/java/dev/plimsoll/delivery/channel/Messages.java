package dev.plimsoll.delivery.channel;

import dev.plimsoll.alert.Text;
import dev.plimsoll.alert.TextJson;
import dev.plimsoll.delivery.Message;
import dev.plimsoll.delivery.Message.Replaced;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Ids;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Messages of an alert on a loan, as the watch writes them. */
final class Messages {
    static final Instant AT = Instant.parse("2026-11-21T10:04:00Z");

    private static final Instant END = Instant.parse("2026-11-21T10:14:00Z");
    private static final String RULE = "019a6f3e-8c40-7a64-8e4a-0a8f6f0c5d05";
    private static final String POSITION = "019a6f3e-8c30-7c0f-a2be-91d2f0b66e04";

    private Messages() {}

    static Message critical(UUID alert, String type) {
        return of(alert, type, Severity.CRITICAL, "ETH loan is at health factor 1.08.");
    }

    static Message of(UUID alert, String type, Severity severity, String happened) {
        var text = new Text(
                happened,
                Optional.of("Liquidation costs 500 USD."),
                Optional.of("Repay 3,604 USDC."),
                Optional.empty(),
                List.of(new Text.Figure("Health factor", "1.08")));
        return of(alert, type, severity, "ETH loan", text, List.of());
    }

    /** On a position of this name. */
    static Message named(String position) {
        var text = Text.of(position + " is at health factor 1.08.");
        return of(Ids.next(), "alert.firing", Severity.CRITICAL, position, text, List.of());
    }

    /** The longest name and many figures, sentences and messages that did not arrive. */
    static Message longest() {
        var name = "👩‍👩‍👧&<*".repeat(25);
        var figures = IntStream.range(0, 30)
                .mapToObj(i -> new Text.Figure("Figure *" + i + "* of <all>", "1.08 & more ".repeat(10)))
                .toList();
        var words = (name + " is a long story. ").repeat(12);
        var replaced = IntStream.range(0, 50)
                .mapToObj(i -> new Replaced("alert.worsened", AT.minusSeconds(i)))
                .toList();
        var text = new Text(words, Optional.empty(), Optional.empty(), Optional.empty(), figures);
        return of(Ids.next(), "alert.resolved", Severity.CRITICAL, name, text, replaced);
    }

    /** All that is ever told. */
    static List<Message> ofEveryType() {
        var ofAlerts = Stream.of(
                        "alert.firing",
                        "alert.worsened",
                        "alert.repeated",
                        "alert.escalated",
                        "alert.eased",
                        "alert.resolved",
                        "alert.acknowledged",
                        "alert.snoozed",
                        "position.liquidated")
                .map(type -> critical(Ids.next(), type));
        var others = Stream.of(
                        "alert.test",
                        "channel.verification",
                        "channel.disabled",
                        "delivery.failed",
                        "sight.regained",
                        "operator.blind",
                        "operator.sighted",
                        "digest.daily",
                        "digest.weekly",
                        "digest.bedtime")
                .map(type -> plain(type, Severity.INFO, new JsonObject().put("text", "This is " + type + ".")));
        return Stream.concat(ofAlerts, others).toList();
    }

    private static Message of(
            UUID alert, String type, Severity severity, String position, Text text, List<Replaced> replaced) {
        var data = new JsonObject()
                .put("alert", alert(alert, type, severity))
                .put("rule", named(RULE, "warn me"))
                .put("position", named(POSITION, position).put("labels", new JsonObject().put("cost-centre", "7")))
                .put("links", new JsonObject().put("alert", "https://plimsoll.example/api/v1/alerts/" + alert))
                .put("message", TextJson.write(text))
                .put("text", text.plain());
        return new Message(Ids.next(), type, severity, AT, data.encode(), replaced);
    }

    /** Of the kind that belongs to no alert. */
    static Message plain(String type, Severity severity, JsonObject data) {
        return new Message(Ids.next(), type, severity, AT, data.encode(), List.of());
    }

    private static JsonObject alert(UUID alert, String type, Severity severity) {
        var json = new JsonObject()
                .put("id", alert.toString())
                .put("subject", new JsonObject().put("kind", "position").put("id", POSITION))
                .put("episode", 1)
                .put("sequence", 3)
                .put("state", type.equals("alert.resolved") ? "resolved" : "firing")
                .put("severity", severity.name().toLowerCase(Locale.ROOT))
                .put("startedAt", AT.toString())
                .put("reason", "crossed");
        return type.equals("alert.resolved") ? json.put("resolvedAt", END.toString()) : json;
    }

    private static JsonObject named(String id, String name) {
        return new JsonObject().put("id", id).put("name", name);
    }
}
