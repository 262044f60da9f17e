package dev.plimsoll.api;

import dev.plimsoll.account.LabelsJson;
import dev.plimsoll.alert.Silence;
import dev.plimsoll.alert.SilenceDraft;
import dev.plimsoll.delivery.Channel;
import dev.plimsoll.delivery.Field;
import dev.plimsoll.delivery.Kinds;
import dev.plimsoll.delivery.OpenedChannel;
import dev.plimsoll.pipeline.digest.Digest;
import dev.plimsoll.pipeline.digest.DigestDraft;
import dev.plimsoll.position.Position;
import dev.plimsoll.position.PositionDraft;
import dev.plimsoll.position.TermsJson;
import dev.plimsoll.rule.RuleDraft;
import dev.plimsoll.rule.RuleJson;
import dev.plimsoll.rule.Watches;
import dev.plimsoll.unit.Decimals;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes an account as the bundle that makes it: without ids and times, and without what is secret. */
@Singleton
class BundleJson {
    private static final List<String> LEFT_OUT = List.of("id", "createdAt", "next", "state", "wakesYou");

    private final Kinds kinds;

    BundleJson(Kinds kinds) {
        this.kinds = kinds;
    }

    /** @param now by the watch's clock; silences that are over are left out */
    JsonObject write(Holdings held, Instant now) {
        var positions = words(held.positions(), BundleForm.POSITION);
        var channels = words(held.channels(), BundleForm.CHANNEL);
        Function<JsonObject, JsonObject> named = json -> toWords(json, positions, channels);
        return new JsonObject()
                .put("version", 1)
                .put("positions", array(held.positions(), one -> position(one, positions)))
                .put("channels", array(held.channels(), one -> channel(one, channels)))
                .put("rules", array(held.rules(), rule -> named.apply(rule(RuleDraft.of(rule)))))
                .put(
                        "silences",
                        array(
                                held.silences().stream()
                                        .filter(silence -> silence.until().isAfter(now))
                                        .toList(),
                                silence -> named.apply(silence(silence))))
                .put("digests", array(held.digests(), digest -> named.apply(digest(digest))));
    }

    private JsonObject position(Position position, Map<UUID, String> words) {
        return keyed(position(PositionDraft.of(position)), words.get(position.id()));
    }

    private JsonObject channel(OpenedChannel channel, Map<UUID, String> words) {
        return keyed(channel(channel), words.get(channel.channel().id()));
    }

    /** One whose name others have too is called by its id. */
    private static JsonObject keyed(JsonObject json, String word) {
        return word.equals(json.getString("key", json.getString("name"))) ? json : json.put("key", word);
    }

    static JsonObject position(PositionDraft position) {
        var json = head(position.key(), position.name(), position.labels())
                .put("kind", position.terms().kind())
                .mergeIn(TermsJson.write(position.terms()));
        position.targetHealthFactor().ifPresent(target -> json.put("targetHealthFactor", Decimals.plain(target)));
        return json;
    }

    private JsonObject channel(OpenedChannel opened) {
        var channel = opened.channel();
        var json = head(channel.key(), channel.name(), channel.labels()).put("kind", channel.kind());
        kinds.find(channel.kind()).map(Channel::fields).orElseGet(List::of).stream()
                .filter(field -> field.isSaid() && field.display() == Field.Display.WHOLE)
                .forEach(field -> opened.settings().find(field).ifPresent(value -> json.put(field.name(), value)));
        channel.buddy().ifPresent(name -> json.put("buddy", new JsonObject().put("name", name)));
        channel.loud().ifPresent(loud -> json.put("loud", loud));
        return json;
    }

    /** With ids. */
    static JsonObject rule(RuleDraft rule) {
        var whole = RuleAnswer.of(rule.unstored(new UUID(0, 0), Instant.EPOCH));
        return pruned(whole);
    }

    static JsonObject silence(SilenceDraft silence) {
        return silence(silence.watches(), silence.until(), silence.reason(), silence.evenLiquidatable());
    }

    private static JsonObject silence(Silence silence) {
        return silence(silence.watches(), silence.until(), silence.reason(), silence.evenLiquidatable())
                .put("from", silence.from().toString());
    }

    /** Without its beginning: one that began some time ago is the same. */
    static JsonObject same(Silence silence) {
        return silence(silence.watches(), silence.until(), silence.reason(), silence.evenLiquidatable());
    }

    private static JsonObject silence(Watches watches, Instant until, String reason, boolean evenLiquidatable) {
        return new JsonObject()
                .put("watches", RuleJson.watches(watches))
                .put("until", until.toString())
                .put("reason", reason)
                .put("evenLiquidatable", evenLiquidatable);
    }

    static JsonObject digest(DigestDraft digest) {
        return pruned(DigestAnswer.of(digest.unstored(new UUID(0, 0), Instant.EPOCH)));
    }

    static JsonObject digest(Digest digest) {
        return digest(new DigestDraft(digest.occasion(), digest.channels()));
    }

    private static JsonObject head(Optional<String> key, String name, Map<String, String> labels) {
        var json = new JsonObject();
        key.ifPresent(word -> json.put("key", word));
        json.put("name", name);
        return labels.isEmpty() ? json : json.put("labels", LabelsJson.write(labels));
    }

    private static JsonObject pruned(JsonObject answer) {
        LEFT_OUT.forEach(answer::remove);
        answer.fieldNames().stream()
                .filter(name -> answer.getValue(name) == null
                        || answer.getValue(name) instanceof JsonObject empty && empty.isEmpty())
                .toList()
                .forEach(answer::remove);
        return answer;
    }

    private static <N> JsonArray array(List<N> all, Function<N, JsonObject> write) {
        return new JsonArray(all.stream().map(write).toList());
    }

    private static <N> Map<UUID, String> words(List<N> all, Matching.Kind<N> kind) {
        var often = all.stream().collect(Collectors.groupingBy(kind::word, Collectors.counting()));
        return all.stream()
                .collect(Collectors.toMap(
                        kind.id(),
                        one -> often.get(kind.word(one)) == 1
                                ? kind.word(one)
                                : kind.id().apply(one).toString()));
    }

    /** In place, at any depth: positions and channels by what the bundle calls them. */
    private static JsonObject toWords(JsonObject json, Map<UUID, String> positions, Map<UUID, String> channels) {
        if (json.getValue("position") instanceof String id) {
            json.put("position", positions.getOrDefault(UUID.fromString(id), id));
        }
        if (json.getValue("channels") instanceof JsonArray ids) {
            json.put(
                    "channels",
                    new JsonArray(ids.stream()
                            .map(Object::toString)
                            .map(id -> channels.getOrDefault(UUID.fromString(id), id))
                            .toList()));
        }
        json.stream()
                .flatMap(entry ->
                        entry.getValue() instanceof JsonArray items ? items.stream() : Stream.of(entry.getValue()))
                .filter(JsonObject.class::isInstance)
                .forEach(inner -> toWords((JsonObject) inner, positions, channels));
        return json;
    }
}
