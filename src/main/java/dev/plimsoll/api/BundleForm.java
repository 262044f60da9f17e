package dev.plimsoll.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.plimsoll.alert.SilenceDraft;
import dev.plimsoll.api.Bundle.Matches;
import dev.plimsoll.api.ChannelForm.Registration;
import dev.plimsoll.api.Matching.Kind;
import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Reader;
import dev.plimsoll.api.form.Readers;
import dev.plimsoll.delivery.OpenedChannel;
import dev.plimsoll.position.Position;
import dev.plimsoll.rule.Rule;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads a bundle. Its items are told apart by key, or by name where they have none, and refer to each other by the same words,
 * so that it means the same wherever it is applied; here the words become ids.
 */
@Singleton
class BundleForm {
    static final Kind<Position> POSITION = new Kind<>(Position::id, Position::key, Position::name);
    static final Kind<OpenedChannel> CHANNEL = new Kind<>(
            one -> one.channel().id(),
            one -> one.channel().key(),
            one -> one.channel().name());
    static final Kind<Rule> RULE = new Kind<>(Rule::id, Rule::key, Rule::name);

    private static final int MOST = 10_000;
    private static final List<String> REFERRING = List.of("rules", "silences", "digests");

    private final PositionForm positions;
    private final ChannelForm channels;
    private final RuleForm rules;
    private final SilenceForm silences;

    BundleForm(PositionForm positions, ChannelForm channels, RuleForm rules, SilenceForm silences) {
        this.positions = positions;
        this.channels = channels;
        this.rules = rules;
        this.silences = silences;
    }

    /** @param text as it came; it is not changed */
    Bundle read(ObjectNode text, Holdings held) {
        var tree = text.deepCopy();
        var matches = new Matches(
                Matching.of(tree.path("positions"), held.positions(), POSITION),
                Matching.of(tree.path("channels"), held.channels(), CHANNEL),
                Matching.of(tree.path("rules"), held.rules(), RULE));
        REFERRING.forEach(section -> toIds(tree.path(section), matches));
        return Form.of(BundleText.json(tree), BundleText.MAX_BYTES, form -> read(form, tree, matches));
    }

    private Optional<Bundle> read(Form form, ObjectNode tree, Matches matches) {
        form.optional("version", Readers.whole(1, 1));
        var watched = form.optional("positions", list(positions.reader(matches.positions()::now)));
        var told = form.optional("channels", list(channels.reader(matches.channels()::now)));
        Stream.of("positions", "channels", "rules").forEach(section -> refuseTwice(form, tree, section));
        var own = references(tree, told.orElse(List.of()), matches);
        var asked = form.optional("rules", list(rules.reader(own)));
        var hushed = form.optional("silences", list(silences.reader(own)));
        var read = form.optional("digests", list(DigestForm.reader(own)));
        return form.complete(() -> new Bundle(watched, told, asked, hushed.map(BundleForm::notOver), read, matches));
    }

    private static <T> Reader<List<T>> list(Reader<T> item) {
        return Readers.list(0, MOST, item);
    }

    private static List<SilenceDraft> notOver(List<Optional<SilenceDraft>> silences) {
        return silences.stream().flatMap(Optional::stream).toList();
    }

    /** Two that are called the same could not be told apart the next time. */
    private static void refuseTwice(Form form, ObjectNode tree, String section) {
        var words = new HashSet<String>();
        var items = tree.path(section);
        IntStream.range(0, items.isArray() ? items.size() : 0)
                .filter(i -> items.get(i).isObject() && !words.add(Matching.word(items.get(i))))
                .forEach(i -> form.refuseAt(
                        "/" + section + "/" + i, "Another one is called the same: give each a 'key' of its own."));
    }

    private static References references(ObjectNode tree, List<Registration> told, Matches matches) {
        var buddies = tree.path("channels").isArray()
                ? told.stream()
                        .map(Registration::draft)
                        .filter(draft -> draft.buddy().isPresent())
                        .map(draft -> matches.channels().id(draft.key(), draft.name()))
                : matches.channels().rest().stream()
                        .map(OpenedChannel::channel)
                        .filter(channel -> !channel.isOwn())
                        .map(channel -> channel.id());
        return new References(
                Set.copyOf(matches.positions().ids().values()),
                Set.copyOf(matches.channels().ids().values()),
                buddies.collect(Collectors.toSet()));
    }

    /** In place, at any depth: what stands where a rule names positions and channels. */
    private static void toIds(JsonNode node, Matches matches) {
        if (node instanceof ObjectNode object) {
            if (object.path("position").isTextual()) {
                object.set("position", id(object.get("position"), matches.positions()));
            }
            if (object.path("channels") instanceof ArrayNode words) {
                IntStream.range(0, words.size())
                        .filter(i -> words.get(i).isTextual())
                        .forEach(i -> words.set(i, id(words.get(i), matches.channels())));
            }
        }
        node.forEach(child -> toIds(child, matches));
    }

    /** Of what is called like nothing there is, one that is nobody's: it is refused where it stands. */
    private static TextNode id(JsonNode word, Matching<?> among) {
        var text = word.asText();
        var known = Optional.ofNullable(among.ids().get(text))
                .or(() -> among.ids().values().stream()
                        .filter(id -> id.toString().equals(text))
                        .findFirst());
        return TextNode.valueOf(known.orElse(new UUID(0, 0)).toString());
    }
}
