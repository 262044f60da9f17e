package dev.plimsoll.delivery;

import dev.plimsoll.alert.Drilled;
import dev.plimsoll.alert.Text;
import dev.plimsoll.alert.TextJson;
import dev.plimsoll.rule.QuietHours;
import dev.plimsoll.rule.QuietHoursJson;
import dev.plimsoll.rule.Severity;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one message says, read once from its frozen data, for the templates of channels. Words of users stand in it
 * literally: a template escapes them for its own format.
 *
 * @param type     {@code alert.firing}, … as in the webhook body; of a drill that of the alert it plays
 * @param at       when it happened, by the watch's clock
 * @param headline a line without a full stop: {@code Critical: ETH loan (warn me)}
 * @param text     what is said, in parts
 * @param earlier  a sentence on earlier messages that did not arrive, whose place it takes
 * @param alert    empty for what belongs to no alert
 * @param code     what proves the channel, in {@code channel.verification}
 * @param quietHours of the rule, in which what is no bad news makes no sound
 * @param asks     whether it asks if what was declared long ago is still true
 */
public record Bulletin(
        UUID id,
        String type,
        Severity severity,
        Instant at,
        String headline,
        Text text,
        Optional<String> earlier,
        Optional<OfAlert> alert,
        Optional<Named> rule,
        Optional<Named> position,
        Optional<String> code,
        Optional<QuietHours> quietHours,
        boolean asks) {

    /**
     * The alert it tells of, as it was then.
     *
     * @param subject    {@code position:<id>}, {@code asset:ETH}, {@code account:<id>}
     * @param sequence   rises by one with every transition
     * @param resolvedAt empty while it fires
     * @param link       where it is shown, if people can reach us
     */
    public record OfAlert(
            UUID id,
            String subject,
            int episode,
            int sequence,
            String reason,
            Instant startedAt,
            Optional<Instant> resolvedAt,
            Optional<String> link) {

        public boolean isResolved() {
            return resolvedAt.isPresent();
        }
    }

    /** What a user has a name for. */
    public record Named(UUID id, Optional<String> key, String name, Map<String, String> labels) {
        public Named {
            labels = Map.copyOf(labels);
        }
    }

    /** For programs: times are told in UTC. */
    public static Bulletin of(Message message) {
        return of(message, ZoneOffset.UTC);
    }

    /** For a person, by the clock on their wall; a buddy's is not known. */
    public static Bulletin of(Message message, Receiver to) {
        return of(message, to.buddy().isPresent() ? ZoneOffset.UTC : to.zone());
    }

    private static Bulletin of(Message message, ZoneId zone) {
        var data = new JsonObject(message.data());
        var alert = block(data, "alert").map(block -> alert(block, data));
        var rule = block(data, "rule").map(Bulletin::named);
        var position = block(data, "position").map(Bulletin::named);
        var names = Stream.of(position, rule).flatMap(Optional::stream).map(Named::name);
        return new Bulletin(
                message.delivery(),
                Drilled.played(message.type()),
                message.severity(),
                message.at(),
                Headline.of(message.type(), message.severity(), about(alert, position), rule.map(Named::name)),
                told(text(data), new WallClock(zone, message.at(), names)),
                message.earlier(zone),
                alert,
                rule,
                position,
                Optional.ofNullable(data.getString("code")),
                block(data, "rule").flatMap(its -> block(its, "quietHours")).map(QuietHoursJson::read),
                !data.getJsonArray("stale", new JsonArray()).isEmpty());
    }

    /** What it is about, for a subject that stays the same through an alert: {@code ETH loan (warn me)}; otherwise its headline. */
    public String topic() {
        return alert.map(of -> Headline.topic(about(alert, position), rule.map(Named::name)))
                .orElse(headline);
    }

    /** Whether it only plays an alert. */
    public boolean isDrill() {
        return alert.filter(some -> some.subject().startsWith("drill:")).isPresent();
    }

    /** All its sentences in a row, without the figures. */
    public String sentences() {
        return paragraphs().collect(Collectors.joining(" "));
    }

    /**
     * In paragraphs: the code, if it brings one, what happened and what it costs, what to do, how far prices can be
     * trusted, what was missed.
     */
    public Stream<String> paragraphs() {
        var happened = Stream.concat(Stream.of(text.happened()), text.stakes().stream())
                .collect(Collectors.joining(" "));
        var proof = code.map(it -> "The code is " + it + ".");
        return Stream.of(proof, Optional.of(happened), text.remedy(), text.remark(), earlier)
                .flatMap(Optional::stream);
    }

    private static Text text(JsonObject data) {
        return block(data, "message").map(TextJson::read).orElseGet(() -> Text.of(data.getString("text", "")));
    }

    private static Text told(Text text, WallClock clock) {
        return new Text(
                clock.told(text.happened()),
                text.stakes().map(clock::told),
                text.remedy().map(clock::told),
                text.remark().map(clock::told),
                text.figures().stream()
                        .map(figure -> new Text.Figure(figure.name(), clock.told(figure.value())))
                        .toList());
    }

    /** Whose name stands in the headline: a position's, an asset's. */
    private static Optional<String> about(Optional<OfAlert> alert, Optional<Named> position) {
        return position.map(Named::name)
                .or(() -> alert.map(OfAlert::subject)
                        .filter(subject -> subject.startsWith("asset:"))
                        .map(subject -> subject.substring("asset:".length())));
    }

    private static OfAlert alert(JsonObject alert, JsonObject data) {
        var subject = block(alert, "subject").orElseGet(JsonObject::new);
        return new OfAlert(
                UUID.fromString(alert.getString("id")),
                subject.getString("kind") + ":" + subject.getString("id"),
                alert.getInteger("episode"),
                alert.getInteger("sequence"),
                alert.getString("reason"),
                Instant.parse(alert.getString("startedAt")),
                Optional.ofNullable(alert.getString("resolvedAt")).map(Instant::parse),
                block(data, "links").map(links -> links.getString("alert")));
    }

    private static Named named(JsonObject block) {
        var labels = new LinkedHashMap<String, String>();
        block.getJsonObject("labels", new JsonObject())
                .forEach(label -> labels.put(label.getKey(), label.getValue().toString()));
        return new Named(
                UUID.fromString(block.getString("id")),
                Optional.ofNullable(block.getString("key")),
                block.getString("name"),
                labels);
    }

    private static Optional<JsonObject> block(JsonObject data, String name) {
        return Optional.ofNullable(data.getJsonObject(name));
    }
}
