package dev.plimsoll.delivery.channel;

import dev.plimsoll.alert.Text.Figure;
import dev.plimsoll.delivery.Bulletin;
import dev.plimsoll.delivery.HttpSender;
import dev.plimsoll.delivery.Message;
import dev.plimsoll.delivery.Outcome;
import dev.plimsoll.delivery.Outcome.Refused;
import dev.plimsoll.delivery.Outcome.Rejected;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.wire.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Slack's incoming webhooks, and those of services that speak like them.
 *
 * <p>Names and sentences stand in {@code plain_text}, where no markup is read, with Slack's three control characters
 * escaped. Only our own links are {@code mrkdwn}.
 *
 * @see <a href="https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks">Incoming webhooks</a>
 * @see <a href="https://docs.slack.dev/reference/block-kit/blocks">Blocks and their limits</a>
 */
@Singleton
class SlackFormat implements WebhookFormat {
    private static final int MAX_HEADER = 150;
    private static final int MAX_TEXT = 3_000;
    private static final int MAX_FIELD = 2_000;
    private static final int MAX_FIELDS = 10;
    private static final int MAX_BLOCKS = 50;
    /** What Slack says of a webhook that will never work again. */
    private static final List<String> LOST = List.of(
            "no_service",
            "no_service_id",
            "no_team",
            "no_active_hooks",
            "channel_not_found",
            "channel_is_archived",
            "team_disabled",
            "action_prohibited",
            "invalid_token",
            "posting_to_general_channel_denied");

    /** What Slack says of a message that it will never take, on a webhook that works. */
    private static final List<String> UNACCEPTABLE = List.of(
            "invalid_payload",
            "invalid_blocks",
            "invalid_blocks_format",
            "invalid_attachments",
            "no_text",
            "msg_too_long",
            "msg_blocks_too_long",
            "too_many_attachments");

    private final ClickLinks links;

    SlackFormat(ClickLinks links) {
        this.links = links;
    }

    @Override
    public String name() {
        return "slack";
    }

    @Override
    public boolean isRead() {
        return true;
    }

    @Override
    public String body(Receiver to, Message message) {
        var bulletin = Bulletin.of(message);
        return new JsonObject()
                .put("text", literal(MAX_TEXT, bulletin.headline() + ": " + bulletin.sentences()))
                .put("mrkdwn", false)
                .put("unfurl_links", false)
                .put("blocks", new JsonArray(blocks(to, bulletin)))
                .encode();
    }

    private List<JsonObject> blocks(Receiver to, Bulletin bulletin) {
        var header =
                new JsonObject().put("type", "header").put("text", plain(literal(MAX_HEADER, bulletin.headline())));
        var paragraphs = bulletin.paragraphs()
                .map(words -> new JsonObject().put("type", "section").put("text", plain(literal(MAX_TEXT, words))));
        return Stream.of(
                        Stream.of(header),
                        paragraphs,
                        figures(bulletin.text().figures()),
                        clicks(to, bulletin).stream())
                .flatMap(blocks -> blocks)
                .limit(MAX_BLOCKS)
                .toList();
    }

    private static Stream<JsonObject> figures(List<Figure> figures) {
        return IntStream.iterate(0, from -> from < figures.size(), from -> from + MAX_FIELDS)
                .mapToObj(from -> figures.subList(from, Math.min(figures.size(), from + MAX_FIELDS)))
                .map(some -> some.stream()
                        .map(figure -> plain(literal(MAX_FIELD, figure.name() + "\n" + figure.value())))
                        .toList())
                .map(fields -> new JsonObject().put("type", "section").put("fields", new JsonArray(fields)));
    }

    private Optional<JsonObject> clicks(Receiver to, Bulletin bulletin) {
        return links.joined(to, bulletin, click -> "<" + click.url() + "|" + click.words() + ">")
                .map(text -> new JsonObject().put("type", "mrkdwn").put("text", text))
                .map(text -> new JsonObject().put("type", "section").put("text", text));
    }

    private static JsonObject plain(String escaped) {
        return new JsonObject().put("type", "plain_text").put("emoji", false).put("text", escaped);
    }

    private static String literal(int max, String words) {
        return Cut.escaped(words, max, SlackFormat::escaped);
    }

    private static String escaped(int character) {
        return switch (character) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            default -> Character.toString(character);
        };
    }

    @Override
    public Outcome meaning(Reply reply, Instant at) {
        var word = reply.text().strip();
        var why = "Slack answered " + reply.status() + " " + word;
        if (!reply.isSuccess() && reply.status() < 500 && LOST.contains(word)) {
            return new Rejected(Optional.of(reply.status()), why);
        }
        return reply.status() == 400 && UNACCEPTABLE.contains(word)
                ? new Refused(Optional.of(reply.status()), why)
                : HttpSender.usual(reply, at);
    }
}
