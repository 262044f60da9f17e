package dev.plimsoll.delivery.channel;

import dev.plimsoll.alert.Text;
import dev.plimsoll.alert.TextJson;
import dev.plimsoll.delivery.Message;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Ids;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Messages of an alert on a loan, as the watch writes them. */
final class Messages {
    static final Instant AT = Instant.parse("2026-11-21T10:04:00Z");

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
        var data = new JsonObject()
                .put("alert", alert(alert, type, severity))
                .put("rule", named("warn me"))
                .put("position", named("ETH loan"))
                .put("message", TextJson.write(text))
                .put("text", text.plain());
        return new Message(Ids.next(), type, severity, AT, data.encode(), List.of());
    }

    /** Of the kind that belongs to no alert. */
    static Message plain(String type, Severity severity, JsonObject data) {
        return new Message(Ids.next(), type, severity, AT, data.encode(), List.of());
    }

    private static JsonObject alert(UUID alert, String type, Severity severity) {
        return new JsonObject()
                .put("id", alert.toString())
                .put(
                        "subject",
                        new JsonObject()
                                .put("kind", "position")
                                .put("id", Ids.next().toString()))
                .put("episode", 1)
                .put("sequence", 3)
                .put("state", type.equals("alert.resolved") ? "resolved" : "firing")
                .put("severity", severity.name().toLowerCase(Locale.ROOT))
                .put("startedAt", AT.toString())
                .put("reason", "crossed");
    }

    private static JsonObject named(String name) {
        return new JsonObject().put("id", Ids.next().toString()).put("name", name);
    }
}
