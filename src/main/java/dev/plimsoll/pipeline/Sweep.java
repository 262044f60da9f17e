package dev.plimsoll.pipeline;

import dev.plimsoll.alert.Alert;
import dev.plimsoll.alert.AlertWrite;
import dev.plimsoll.alert.Life;
import dev.plimsoll.alert.Message;
import dev.plimsoll.alert.Observation;
import dev.plimsoll.alert.Observations;
import dev.plimsoll.alert.Subject;
import dev.plimsoll.alert.Track;
import dev.plimsoll.alert.Transition;
import dev.plimsoll.book.Band;
import dev.plimsoll.book.Bands;
import dev.plimsoll.book.Bands.Decided;
import dev.plimsoll.book.Selection;
import dev.plimsoll.book.Unseen;
import dev.plimsoll.delivery.NoticeJson;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.HealthJson;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.Standing;
import dev.plimsoll.rule.AssetReadings;
import dev.plimsoll.rule.Blindness;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Evaluation;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Verdict;
import dev.plimsoll.unit.AssetRegistry;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What one market makes of the things that were selected. Decides only: memory changes when it is committed. */
final class Sweep {
    private final Memory memory;
    private final Notices notices;
    private final AssetRegistry assets;
    private final AssetReadings readings;
    private final MarketSnapshot market;
    private final Continuity continuity;

    /** @param continuity with the tick of these readings' market */
    Sweep(Memory memory, Notices notices, AssetRegistry assets, AssetReadings readings, Continuity continuity) {
        this.memory = memory;
        this.notices = notices;
        this.assets = assets;
        this.readings = readings;
        this.market = readings.market();
        this.continuity = continuity;
    }

    Decision position(Selection.OfPosition selected) {
        var position = selected.position();
        var standing = position.standing(market, assets);
        var rulings = selected.rules().stream()
                .map(rule -> ruling(position, standing, rule))
                .toList();
        var decided = rulings.stream().map(Ruling::decided).toList();
        var band = Bands.ofPosition(position.terms(), standing, decided, assets);
        var why = blindWhy(standing.protocol(), decided);
        return Ruling.decision(Inhibition.among(rulings), () -> settle(selected, band, why));
    }

    Decision asset(Selection.OfAsset selected) {
        var rule = selected.rule();
        var condition = selected.condition();
        var measure = readings.of(condition);
        var ruling = ruling(
                rule,
                new Subject.OfAsset(selected.asset()),
                Observations.ofAsset(rule, condition, measure, at(), continuity.unbrokenSince()),
                new Tale(
                        Optional.empty(),
                        () -> NoticeJson.evidence(rule, condition, readings),
                        transition -> Message.ofAsset(transition, rule, condition, readings)));
        var band = Bands.ofAsset(ruling.decided(), condition, measure);
        return Ruling.decision(List.of(ruling), () -> memory.book().settle(selected, band));
    }

    /** Asked after the positions of the same tick are settled: the book then knows which of them are blind. */
    Decision account(Selection.OfAccount selected) {
        var rule = selected.rule();
        var subject = new Subject.OfAccount();
        var known = memory.alerts()
                .state(new Alert.Key(rule.id(), subject))
                .breach()
                .worst();
        var blind = memory.book().unseen(selected.account()).entrySet().stream()
                .flatMap(unseen -> blindness(rule, unseen.getKey(), unseen.getValue(), known).stream())
                .toList();
        var ruling = ruling(
                rule,
                subject,
                Observations.ofBlindness(
                        rule, blind, at(), blind.isEmpty() ? continuity.unbrokenSince() : continuity.blindSince()),
                Tale.of(transition -> Message.ofBlindness(transition, blind)));
        var due = Bands.ofBlindness(ruling.decided());
        return Ruling.decision(List.of(ruling), () -> memory.book().settle(selected, due));
    }

    private Ruling ruling(Position position, Standing standing, Rule rule) {
        return ruling(
                rule,
                new Subject.OfPosition(position.id()),
                Observations.ofPosition(rule, position, standing, assets, at(), continuity.unbrokenSince()),
                new Tale(
                        Optional.of(position),
                        () -> evidence(rule, position, standing),
                        transition -> Message.ofPosition(transition, rule, position, standing)));
    }

    private JsonObject evidence(Rule rule, Position position, Standing standing) {
        var health = new JsonObject().put("health", health(position, standing));
        return rule.condition() instanceof Condition.FeedSkew
                ? health.mergeIn(NoticeJson.evidence(rule.condition(), standing))
                : health;
    }

    private Ruling ruling(Rule rule, Subject subject, Observation seen, Tale tale) {
        var key = new Alert.Key(rule.id(), subject);
        var before = memory.alerts().state(key);
        var step = Life.next(before, seen);
        var decided = new Decided(rule, step.state(), seen);
        if (step.state().equals(before)) {
            return Ruling.unchanged(decided);
        }
        var shown = NoticeJson.shown(rule, step.state().severity(), tale.position());
        var write = AlertWrite.of(rule.account(), key, memory.alerts().of(key), step, shown.encode());
        return Ruling.changed(decided, write, notices.of(write, tale.evidence(), tale.text()));
    }

    private Optional<Blindness> blindness(Rule rule, UUID position, Unseen unseen, Optional<BigDecimal> lastDistance) {
        return memory.book()
                .position(position)
                .filter(rule.watches()::covers)
                .map(found -> memory.sight().of(found, unseen, market, lastDistance));
    }

    private JsonObject health(Position position, Standing standing) {
        return HealthJson.write(
                standing, at(), memory.sight().lastKnown(position.id()).map(HealthJson::lastKnown));
    }

    /**
     * Why nobody can say how it stands: it cannot be judged, or the sources disagree so far that a rule neither fires nor
     * resolves. Silence would look like health. When its prices were observed says nothing of how it stands.
     */
    private static Optional<String> blindWhy(Judgement judgement, List<Decided> decided) {
        return switch (judgement) {
            case Judgement.Unknown(var why, var ignored) -> Optional.of(why);
            case Judgement.NoDebt ignored -> Optional.empty();
            case Judgement.Judged ignored ->
                decided.stream()
                        .filter(one -> !(one.rule().condition() instanceof Condition.FeedSkew))
                        .flatMap(one -> one.seen().verdicts().stream().map(verdict -> asked(one, verdict)))
                        .flatMap(evaluation ->
                                evaluation instanceof Evaluation.Unknown(var why) ? Stream.of(why) : Stream.empty())
                        .findFirst();
        };
    }

    /** What its level was asked: one that is off while another fires was not asked whether it clears. */
    private static Evaluation asked(Decided decided, Verdict verdict) {
        return Optional.ofNullable(decided.state().tracks().get(verdict.level().severity()))
                        .filter(Track::isOn)
                        .isPresent()
                ? verdict.toClear()
                : verdict.toFire();
    }

    private void settle(Selection.OfPosition selected, Band band, Optional<String> blindWhy) {
        if (blindWhy.isPresent()) {
            memory.sight().lose(selected.position(), market, assets);
            memory.book().settleUnseen(selected, new Unseen(at(), blindWhy.get()), band.due());
        } else {
            memory.sight().forget(selected.position().id());
            memory.book().settle(selected, band);
        }
    }

    private Instant at() {
        return market.tick().at();
    }

    /** What is told of an alert, made only where something is told. */
    private record Tale(Optional<Position> position, Supplier<JsonObject> evidence, Function<Transition, String> text) {

        static Tale of(Function<Transition, String> text) {
            return new Tale(Optional.empty(), JsonObject::new, text);
        }
    }
}
