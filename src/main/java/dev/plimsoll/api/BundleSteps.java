package dev.plimsoll.api;

import dev.plimsoll.account.Written;
import dev.plimsoll.alert.SilenceDraft;
import dev.plimsoll.alert.SilenceStore;
import dev.plimsoll.pipeline.digest.DigestDraft;
import dev.plimsoll.pipeline.digest.DigestStore;
import dev.plimsoll.position.Position;
import dev.plimsoll.position.PositionDraft;
import dev.plimsoll.position.PositionStore;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.RuleDraft;
import dev.plimsoll.rule.RuleStore;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;

/** What must be written so that an account is as a bundle says; nothing for what is so already. */
@Singleton
class BundleSteps {
    private final PositionStore positions;
    private final RuleStore rules;
    private final SilenceStore silences;
    private final DigestStore digests;
    private final Clock clock;

    BundleSteps(PositionStore positions, RuleStore rules, SilenceStore silences, DigestStore digests, Clock clock) {
        this.positions = positions;
        this.rules = rules;
        this.silences = silences;
        this.digests = digests;
        this.clock = clock;
    }

    /** @param verb {@code create}, {@code update} or {@code delete} @param name what the bundle calls it */
    record Change(String verb, String kind, String name) {
        JsonObject json() {
            return new JsonObject().put("do", verb).put("kind", kind).put("name", name);
        }
    }

    /** @param write in a transaction of the account */
    record Step(Change change, Function<Mutiny.Session, Uni<? extends Written<?>>> write) {}

    List<Step> ofPositions(Bundle bundle, UUID account) {
        var matching = bundle.matches().positions();
        var gone = bundle.positions().map(wanted -> matching.rest()).orElse(List.of()).stream()
                .map(one -> new Step(
                        new Change("delete", "position", BundleForm.POSITION.word(one)),
                        session -> positions.delete(session, account, one.id())));
        var written = bundle.positions().orElse(List.of()).stream()
                .flatMap(wanted -> position(wanted, matching, account).stream());
        return Stream.concat(gone, written).toList();
    }

    private Optional<Step> position(PositionDraft wanted, Matching<Position> matching, UUID account) {
        var word = wanted.key().orElse(wanted.name());
        var id = matching.id(wanted.key(), wanted.name());
        return step(
                "position",
                word,
                matching.now(wanted.key(), wanted.name()).map(now -> BundleJson.position(PositionDraft.of(now))),
                BundleJson.position(wanted),
                session -> positions.add(session, account, id, wanted),
                session -> positions.change(session, account, id, now -> wanted));
    }

    /** What refers to positions and channels goes before them and comes after them. */
    List<Step> ofRulesGone(Bundle bundle, UUID account) {
        return bundle.rules().map(wanted -> bundle.matches().rules().rest()).orElse(List.of()).stream()
                .map(one -> new Step(
                        new Change("delete", "rule", BundleForm.RULE.word(one)),
                        session -> rules.delete(session, account, one.id())))
                .toList();
    }

    List<Step> ofRules(Bundle bundle, UUID account) {
        var matching = bundle.matches().rules();
        return bundle.rules().orElse(List.of()).stream()
                .flatMap(wanted -> rule(wanted, matching, account).stream())
                .toList();
    }

    private Optional<Step> rule(RuleDraft wanted, Matching<Rule> matching, UUID account) {
        var id = matching.id(wanted.key(), wanted.name());
        return step(
                "rule",
                wanted.key().orElse(wanted.name()),
                matching.now(wanted.key(), wanted.name()).map(now -> BundleJson.rule(RuleDraft.of(now))),
                BundleJson.rule(wanted),
                session -> rules.add(session, account, wanted),
                session -> rules.change(session, account, id, now -> wanted));
    }

    /** Silences and digests have no names: one that is wanted is there as it is, or is made. */
    List<Step> ofSilences(Bundle bundle, Holdings held, UUID account) {
        return bundle.silences()
                .map(wanted -> ofSilences(wanted, held, account))
                .orElse(List.of());
    }

    private List<Step> ofSilences(List<SilenceDraft> wanted, Holdings held, UUID account) {
        var now = clock.instant();
        var left = new ArrayList<>(wanted);
        var steps = new ArrayList<Step>();
        held.silences().stream()
                .filter(silence -> silence.until().isAfter(now))
                .filter(silence -> !takes(left, BundleJson::silence, BundleJson.same(silence)))
                .forEach(silence -> steps.add(new Step(
                        new Change("delete", "silence", silence.reason()),
                        session -> silences.delete(session, account, silence.id()))));
        left.forEach(draft -> steps.add(new Step(
                new Change("create", "silence", draft.reason()),
                session -> silences.add(session, account, draft, now))));
        return steps;
    }

    List<Step> ofDigests(Bundle bundle, Holdings held) {
        return bundle.digests().map(wanted -> ofDigests(wanted, held)).orElse(List.of());
    }

    private List<Step> ofDigests(List<DigestDraft> wanted, Holdings held) {
        var account = held.account().id();
        var left = new ArrayList<>(wanted);
        var steps = new ArrayList<Step>();
        held.digests().stream()
                .filter(digest -> !takes(left, BundleJson::digest, BundleJson.digest(digest)))
                .forEach(digest -> steps.add(new Step(
                        new Change("delete", "digest", digest.occasion().kind()),
                        session -> digests.delete(session, account, digest.id()))));
        left.forEach(draft -> steps.add(new Step(
                new Change("create", "digest", draft.occasion().kind()),
                session -> digests.add(session, account, draft, held.account().timezone()))));
        return steps;
    }

    /** Takes the one that is written so, if there is one. */
    private static <D> boolean takes(List<D> left, Function<D, JsonObject> write, JsonObject is) {
        var found = left.stream().filter(draft -> write.apply(draft).equals(is)).findFirst();
        found.ifPresent(left::remove);
        return found.isPresent();
    }

    static Optional<Step> step(
            String kind,
            String word,
            Optional<JsonObject> now,
            JsonObject wanted,
            Function<Mutiny.Session, Uni<? extends Written<?>>> create,
            Function<Mutiny.Session, Uni<? extends Written<?>>> update) {
        if (now.isEmpty()) {
            return Optional.of(new Step(new Change("create", kind, word), create));
        }
        return now.filter(is -> !is.equals(wanted)).map(is -> new Step(new Change("update", kind, word), update));
    }
}
