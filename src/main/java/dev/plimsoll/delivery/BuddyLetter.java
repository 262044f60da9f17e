package dev.plimsoll.delivery;

import dev.plimsoll.alert.Readable;
import dev.plimsoll.alert.Text;
import dev.plimsoll.alert.TextJson;
import dev.plimsoll.delivery.ChannelLinks.Confirm;
import dev.plimsoll.delivery.ChannelLinks.Leave;
import dev.plimsoll.unit.Discreet;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What another person is told of an alert: whose it is, what it is called and what to do. No amounts, prices or health;
 * addresses by their ends; and in every message how to leave.
 */
@Singleton
public final class BuddyLetter {
    private static final String PROOF = "channel.verification";
    private static final List<String> OF_ALERT = List.of(
            "id",
            "subject",
            "episode",
            "sequence",
            "state",
            "severity",
            "startedAt",
            "resolvedAt",
            "acknowledgedAt",
            "snoozedUntil",
            "reason");

    private final ChannelLinks links;
    private final Kinds kinds;

    @Inject
    BuddyLetter(ChannelLinks links, Kinds kinds) {
        this.links = links;
        this.kinds = kinds;
    }

    /** The same message as this receiver may read it: its owner's as it is. */
    Message forReading(Receiver to, Message message) {
        return to.buddy()
                .map(buddy -> message.type().equals(PROOF) ? buddy.withoutLinks() : buddy)
                .map(buddy -> letter(to, buddy, message))
                .orElse(message);
    }

    /** What somebody agrees to: to be read before they do. */
    public static String consent(Buddy buddy) {
        return ("%s asks you, %s, to be their buddy: whom we tell when an alert of theirs has rung and nobody has"
                        + " acknowledged it, and in a drill of that; of nothing else. You are not told any amounts. You can"
                        + " acknowledge, but change nothing, and leave at any time.")
                .formatted(buddy.withoutLinks().asker(), buddy.withoutLinks().name());
    }

    private Message letter(Receiver to, Buddy buddy, Message message) {
        var data = new JsonObject(message.data());
        var text = text(to, buddy, message, data);
        var letter = new JsonObject().put("account", data.getString("account")).put("buddy", buddy.name());
        block(data, "alert").ifPresent(alert -> letter.put("alert", some(alert, OF_ALERT)));
        Stream.of("rule", "position")
                .forEach(name -> block(data, name).ifPresent(block -> letter.put(name, named(block))));
        Optional.ofNullable(data.getString("code")).ifPresent(code -> letter.put("code", code));
        Optional.ofNullable(data.getString("channel")).ifPresent(channel -> letter.put("channel", channel));
        letter.put("message", TextJson.write(text)).put("text", text.plain());
        return new Message(
                message.delivery(),
                message.type(),
                message.severity(),
                message.at(),
                letter.encode(),
                message.replaced());
    }

    private Text text(Receiver to, Buddy buddy, Message message, JsonObject data) {
        var type = message.type();
        var words = switch (type) {
            case PROOF -> consent(buddy) + agreeing(to, buddy, data);
            case "alert.acknowledged", "alert.snoozed" ->
                "Somebody has taken up the " + about(buddy, data) + ": nothing is left for you to do.";
            case "alert.resolved" ->
                "The " + about(buddy, data) + " is over: nothing is left for you to do. Thank you.";
            case "alert.firing", "alert.worsened", "alert.repeated", "alert.escalated" -> fires(buddy, message, data);
            case "drill.firing", "drill.repeated", "drill.escalated" -> drill(buddy, message, data);
            case "drill.acknowledged", "drill.snoozed", "drill.resolved" ->
                "The wake-up drill of " + buddy.asker() + " is over; nothing was wrong. Thank you.";
            default -> Discreet.shortened(data.getString("text", ""));
        };
        return new Text(
                words, Optional.empty(), remedy(to, buddy, type), Optional.of(leaving(to, buddy, type)), List.of());
    }

    private String agreeing(Receiver to, Buddy buddy, JsonObject data) {
        var link = Optional.ofNullable(data.getString("code"))
                .map(code -> new Confirm(to.account(), to.channel(), new ProofCode(code).hash()))
                .flatMap(links::url);
        return " If you agree, " + link.map(url -> "open " + url + " or ").orElse("") + "give " + buddy.asker()
                + " the code; if not, do nothing.";
    }

    private static String fires(Buddy buddy, Message message, JsonObject data) {
        return "The " + about(buddy, data) + " has been firing for " + since(message, data)
                + ", and nobody has acknowledged it.";
    }

    private static String drill(Buddy buddy, Message message, JsonObject data) {
        return "This is a drill, and nothing is wrong: for " + since(message, data) + " " + buddy.asker()
                + " has not acknowledged it. If it were real, you would wake them now.";
    }

    private Optional<String> remedy(Receiver to, Buddy buddy, String type) {
        var asker = buddy.asker();
        return switch (type) {
            case "alert.firing", "alert.worsened", "alert.repeated", "alert.escalated" ->
                Optional.of("Wake " + asker + ": call them, ring at their door. "
                        + (mayAcknowledge(to)
                                ? "Acknowledge once they are up."
                                : "They acknowledge it: from here you cannot."));
            case "drill.firing", "drill.repeated", "drill.escalated" ->
                Optional.of(
                        mayAcknowledge(to)
                                ? "Acknowledge it, so that " + asker + " knows that it reaches you."
                                : "Tell " + asker + " that it reached you: from here you cannot acknowledge it.");
            default -> Optional.empty();
        };
    }

    /** Where people cannot reach us, links stand in no message. */
    private boolean mayAcknowledge(Receiver to) {
        return url(to).isPresent()
                || kinds.find(to.kind()).filter(Channel::hasButtons).isPresent();
    }

    private Optional<String> url(Receiver to) {
        return links.url(new Leave(to.account(), to.channel()));
    }

    private String leaving(Receiver to, Buddy buddy, String type) {
        var how =
                type.equals(PROOF) ? "To decline: " : "You get this as the buddy of " + buddy.asker() + ". To leave: ";
        return how
                + kinds.find(to.kind())
                        .flatMap(Channel::leaving)
                        .or(() -> url(to))
                        .orElse("tell " + buddy.asker() + " to delete this channel")
                + ".";
    }

    /** {@code alert "low" of Ada on "ETH loan"}. */
    private static String about(Buddy buddy, JsonObject data) {
        var rule = block(data, "rule").map(block -> " \"" + name(block) + "\"").orElse("");
        var position = block(data, "position")
                .map(block -> " on \"" + name(block) + "\"")
                .orElse("");
        return "alert%s of %s%s".formatted(rule, buddy.asker(), position);
    }

    private static String since(Message message, JsonObject data) {
        return block(data, "alert")
                .map(alert -> Instant.parse(alert.getString("startedAt")))
                .map(start -> Readable.duration(Duration.between(start, message.at())))
                .orElse("some time");
    }

    private static JsonObject named(JsonObject block) {
        return some(block, List.of("id")).put("name", name(block));
    }

    private static String name(JsonObject block) {
        return Discreet.shortened(block.getString("name", ""));
    }

    private static JsonObject some(JsonObject block, List<String> fields) {
        var some = new JsonObject();
        fields.stream().filter(block::containsKey).forEach(field -> some.put(field, block.getValue(field)));
        return some;
    }

    private static Optional<JsonObject> block(JsonObject data, String name) {
        return Optional.ofNullable(data.getValue(name))
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast);
    }
}
