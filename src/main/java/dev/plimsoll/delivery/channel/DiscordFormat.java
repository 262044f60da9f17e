package dev.plimsoll.delivery.channel;

import dev.plimsoll.alert.Text.Figure;
import dev.plimsoll.delivery.Bulletin;
import dev.plimsoll.delivery.HttpSender;
import dev.plimsoll.delivery.Message;
import dev.plimsoll.delivery.Outcome;
import dev.plimsoll.delivery.Outcome.Refused;
import dev.plimsoll.delivery.Outcome.Rejected;
import dev.plimsoll.delivery.Outcome.Retry;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.wire.Reply;
import dev.plimsoll.wire.RetryAfter;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Discord's webhooks: one embed, coloured by how bad it is. Markdown in names and sentences is escaped, and nobody is
 * mentioned whatever they say.
 *
 * @see <a href="https://discord.com/developers/docs/resources/webhook#execute-webhook">Execute webhook</a>
 * @see <a href="https://discord.com/developers/docs/resources/message#embed-object-embed-limits">Embed limits</a>
 */
@Singleton
class DiscordFormat implements WebhookFormat {
    private static final int MAX_CONTENT = 2_000;
    private static final int MAX_DESCRIPTION = 4_096;
    private static final int MAX_FIELDS = 25;
    private static final int MAX_NAME = 256;
    private static final int MAX_VALUE = 1_024;
    private static final int MAX_EMBED = 6_000;
    private static final String MARKUP = "\\*_~`|<>#[]-";
    private static final int TOO_MANY = 429;
    /** Unknown webhook; invalid webhook token. */
    private static final Set<Integer> LOST = Set.of(10_015, 50_027);

    /** Empty message; invalid form body; invalid JSON. */
    private static final Set<Integer> UNACCEPTABLE = Set.of(50_006, 50_035, 50_109);

    private final ClickLinks links;

    DiscordFormat(ClickLinks links) {
        this.links = links;
    }

    @Override
    public String name() {
        return "discord";
    }

    @Override
    public boolean isRead() {
        return true;
    }

    /** Waits until the message is there, or the answer would be given before anything was looked at. */
    @Override
    public String url(String url) {
        return url.matches(".*[?&]wait=.*") ? url : url + (url.contains("?") ? "&" : "?") + "wait=true";
    }

    @Override
    public String body(Receiver to, Message message) {
        var bulletin = Bulletin.of(message);
        return new JsonObject()
                .put("content", literal(MAX_CONTENT, bulletin.headline()))
                .put("embeds", new JsonArray().add(embed(to, bulletin)))
                .put("allowed_mentions", new JsonObject().put("parse", new JsonArray()))
                .encode();
    }

    private JsonObject embed(Receiver to, Bulletin bulletin) {
        var clicks = links.joined(to, bulletin, link -> "[" + link.words() + "](" + link.url() + ")")
                .map(row -> "\n\n" + row)
                .orElse("");
        var words = bulletin.paragraphs().collect(Collectors.joining("\n\n"));
        var description = literal(MAX_DESCRIPTION - clicks.length(), words) + clicks;
        return new JsonObject()
                .put("description", description)
                .put("color", colour(bulletin))
                .put("fields", fields(bulletin.text().figures(), MAX_EMBED - description.length()))
                .put("timestamp", bulletin.at().toString());
    }

    /** As many as there is room for. */
    private static JsonArray fields(List<Figure> figures, int room) {
        var fields = new JsonArray();
        var left = room;
        for (var figure : figures) {
            var name = literal(MAX_NAME, figure.name());
            var value = literal(MAX_VALUE, figure.value());
            left -= name.length() + value.length();
            if (left < 0 || fields.size() == MAX_FIELDS) {
                break;
            }
            fields.add(new JsonObject().put("name", name).put("value", value).put("inline", true));
        }
        return fields;
    }

    private static int colour(Bulletin bulletin) {
        return switch (bulletin.type()) {
            case "alert.resolved" -> 0x2E7D32;
            case "alert.acknowledged", "alert.snoozed" -> 0x757575;
            default ->
                switch (bulletin.severity()) {
                    case CRITICAL -> 0xC62828;
                    case WARNING -> 0xEF6C00;
                    case INFO -> 0x1565C0;
                };
        };
    }

    private static String literal(int max, String words) {
        return Cut.escaped(words, max, DiscordFormat::escaped);
    }

    private static String escaped(int character) {
        var itself = Character.toString(character);
        return MARKUP.contains(itself) ? "\\" + itself : itself;
    }

    @Override
    public Outcome meaning(Reply reply, Instant at) {
        var usual = HttpSender.usual(reply, at);
        return usual instanceof Retry retry
                ? said(reply).flatMap(said -> meaning(reply, said, retry)).orElse(usual)
                : usual;
    }

    private static Optional<Outcome> meaning(Reply reply, JsonObject said, Retry retry) {
        if (reply.status() == TOO_MANY && retry.notBefore().isEmpty()) {
            return Optional.of(new Retry(retry.status(), retry.why(), pause(said)));
        }
        if (reply.status() >= TOO_MANY || !(said.getValue("code") instanceof Integer code)) {
            return Optional.empty();
        }
        var why = "Discord answered " + reply.status() + " with code " + code;
        if (LOST.contains(code)) {
            return Optional.of(new Rejected(retry.status(), why));
        }
        return reply.status() == 400 && UNACCEPTABLE.contains(code)
                ? Optional.of(new Refused(retry.status(), why))
                : Optional.empty();
    }

    /** Seconds with a fraction. */
    private static Optional<Duration> pause(JsonObject said) {
        return Optional.ofNullable(said.getValue("retry_after"))
                .filter(Number.class::isInstance)
                .map(Object::toString)
                .filter(number -> number.length() <= 30)
                .map(number -> new BigDecimal(number).toPlainString())
                .flatMap(seconds -> RetryAfter.parse(seconds, Instant.EPOCH));
    }

    private static Optional<JsonObject> said(Reply reply) {
        try {
            return reply.text().stripLeading().startsWith("{")
                    ? Optional.of(new JsonObject(reply.text()))
                    : Optional.empty();
        } catch (DecodeException garbage) {
            return Optional.empty();
        }
    }
}
