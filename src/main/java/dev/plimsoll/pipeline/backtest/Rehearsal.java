package dev.plimsoll.pipeline.backtest;

import dev.plimsoll.alert.Life;
import dev.plimsoll.alert.Observation;
import dev.plimsoll.alert.Observations;
import dev.plimsoll.alert.Subject;
import dev.plimsoll.alert.Track;
import dev.plimsoll.book.Bands;
import dev.plimsoll.book.Bands.Decided;
import dev.plimsoll.book.Book;
import dev.plimsoll.book.Selection;
import dev.plimsoll.book.Unseen;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.pipeline.Continuity;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.HealthFactor;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.rule.AssetReadings;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Evaluation;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Verdict;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The watch's own decisions, tick after tick, on markets of the past: one rule, the same book, and nobody is told. Confined
 * to one thread.
 */
final class Rehearsal {
    private final Rule rule;
    private final AssetRegistry assets;
    private final Book book = new Book();
    private final Map<Subject, Course> courses = new LinkedHashMap<>();
    private final List<Course> running = new ArrayList<>();

    Rehearsal(Rule rule, List<Position> positions, AssetRegistry assets) {
        this.rule = rule;
        this.assets = assets;
        book.put(rule);
        if (rule.condition() instanceof Condition.OnAsset on) {
            begin(new Subject.OfAsset(on.asset()));
        } else {
            positions.forEach(position -> {
                book.put(position);
                begin(new Subject.OfPosition(position.id()));
            });
        }
    }

    private void begin(Subject subject) {
        var course = new Course(subject);
        courses.put(subject, course);
        running.add(course);
    }

    Course of(Position position) {
        return courses.get(new Subject.OfPosition(position.id()));
    }

    List<Story> stories() {
        return courses.values().stream().map(Course::story).toList();
    }

    /** Only what the book selects is decided; of all the others nothing can have changed. */
    void tick(AssetReadings readings, Continuity continuity) {
        var tick = readings.market().tick();
        var selection = book.select(readings, tick.at());
        selection.positions().forEach(one -> position(one, readings, continuity));
        selection.assets().forEach(one -> asset(one, readings, continuity));
    }

    private void position(Selection.OfPosition selected, AssetReadings readings, Continuity continuity) {
        var market = readings.market();
        var position = selected.position();
        var at = market.tick().at();
        var standing = position.standing(market, assets).after(readings.trail());
        var seen = Observations.ofPosition(rule, position, standing, assets, at, continuity.unbrokenSince());
        var decided = decide(
                of(position),
                seen,
                factor(standing.protocol()),
                position.terms().assets(),
                market);
        var band = Bands.ofPosition(position.terms(), standing, List.of(decided), assets);
        if (standing.protocol() instanceof Judgement.Unknown unknown) {
            book.settleUnseen(selected, new Unseen(at, unknown.why()), band);
        } else {
            book.settle(selected, band);
        }
    }

    private void asset(Selection.OfAsset selected, AssetReadings readings, Continuity continuity) {
        var condition = selected.condition();
        var measure = readings.of(condition);
        var market = readings.market();
        var seen = Observations.ofAsset(rule, condition, measure, market.tick().at(), continuity.unbrokenSince());
        var decided = decide(
                courses.get(new Subject.OfAsset(selected.asset())),
                seen,
                Optional.empty(),
                Set.of(selected.asset()),
                market);
        book.settle(selected, Bands.ofAsset(decided, condition, measure));
    }

    private Decided decide(
            Course course,
            Observation seen,
            Optional<HealthFactor> factor,
            Collection<Asset> about,
            MarketSnapshot market) {
        var step = Life.next(course.state(), seen);
        var decided = new Decided(rule, step.state(), seen);
        var news = step.transitions().stream()
                .map(transition -> new Told(transition, factor, Quotes.of(about, market)))
                .toList();
        course.step(step.state(), news, isDark(decided));
        return decided;
    }

    private static boolean isDark(Decided decided) {
        return decided.seen().verdicts().stream()
                .anyMatch(verdict -> asked(decided, verdict) instanceof Evaluation.Unknown);
    }

    /** A level that is off was not asked whether it clears. */
    private static Evaluation asked(Decided decided, Verdict verdict) {
        return Optional.ofNullable(decided.state().tracks().get(verdict.level().severity()))
                        .filter(Track::isOn)
                        .isPresent()
                ? verdict.toClear()
                : verdict.toFire();
    }

    private static Optional<HealthFactor> factor(Judgement judgement) {
        return judgement instanceof Judgement.Judged(var health)
                ? Optional.of(health.healthFactor())
                : Optional.empty();
    }

    /** So much time went by, in which everything was what the last tick found. */
    void pass(Duration time) {
        running.forEach(course -> course.pass(time));
    }

    /** It is what it was no more: its story ends. */
    void forget(Position position) {
        book.removePosition(position.id());
        running.remove(of(position));
    }

    /** Looks at everything exactly in the next tick, whatever the bands say. */
    void touch() {
        book.touchRule(rule.id());
    }
}
