package dev.plimsoll.pipeline;

import dev.plimsoll.alert.Alert;
import dev.plimsoll.alert.Life;
import dev.plimsoll.alert.Message;
import dev.plimsoll.alert.Observation;
import dev.plimsoll.alert.Observations;
import dev.plimsoll.alert.Subject;
import dev.plimsoll.book.Bands;
import dev.plimsoll.book.Bands.Decided;
import dev.plimsoll.book.PositionBand;
import dev.plimsoll.book.Selection;
import dev.plimsoll.book.Unseen;
import dev.plimsoll.delivery.NoticeJson;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.HealthJson;
import dev.plimsoll.risk.Standing;
import dev.plimsoll.rule.AssetReadings;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.unit.AssetRegistry;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What one market makes of the things that were selected. Decides only: memory changes when it is committed. */
final class Sweep {
    /** A shorter hiccup is not worth a word. */
    private static final Duration LOST = Duration.ofMinutes(1);

    private final Memory memory;
    private final AssetRegistry assets;
    private final AssetReadings readings;
    private final MarketSnapshot market;
    private final Continuity continuity;

    /** @param continuity with the tick of these readings' market */
    Sweep(Memory memory, AssetRegistry assets, AssetReadings readings, Continuity continuity) {
        this.memory = memory;
        this.assets = assets;
        this.readings = readings;
        this.market = readings.market();
        this.continuity = continuity;
    }

    Finding position(Selection.OfPosition selected) {
        var position = selected.position();
        var standing = position.standing(market, assets).after(readings.trail());
        var rulings = selected.rules().stream()
                .map(rule -> ruling(position, standing, rule))
                .toList();
        var decided = rulings.stream().map(Ruling::decided).toList();
        var band = Bands.ofPosition(position.terms(), standing, decided, assets);
        var spot = Blindspot.of(position, standing, decided, market);
        return Ruling.finding(rulings, () -> settle(selected, band, spot));
    }

    Finding asset(Selection.OfAsset selected) {
        var rule = selected.rule();
        var condition = selected.condition();
        var measure = readings.of(condition);
        var ruling = ruling(
                rule,
                new Subject.OfAsset(selected.asset()),
                Observations.ofAsset(rule, condition, measure, at(), continuity.unbrokenSince()),
                Tale.of(
                        rule,
                        Optional.empty(),
                        () -> NoticeJson.evidence(rule, condition, readings),
                        transition -> Message.ofAsset(transition, rule, condition, readings)));
        var band = Bands.ofAsset(ruling.decided(), condition, measure);
        return Ruling.finding(List.of(ruling), () -> memory.book().settle(selected, band));
    }

    private Ruling ruling(Position position, Standing standing, Rule rule) {
        return ruling(
                rule,
                new Subject.OfPosition(position.id()),
                regained(
                        position,
                        Observations.ofPosition(rule, position, standing, assets, at(), continuity.unbrokenSince())),
                Tale.of(
                        rule,
                        Optional.of(position),
                        () -> evidence(rule, position, standing),
                        transition -> Message.ofPosition(transition, rule, position, standing)));
    }

    /** Where this is the first tick for some time at which it can be judged, it is said so. */
    private Observation regained(Position position, Observation seen) {
        var lost = Optional.ofNullable(memory.book().unseen(position.account()).get(position.id()))
                .filter(unseen -> !unseen.since().plus(LOST).isAfter(at()));
        return lost.isPresent() || continuity.gap().isPresent() ? seen.regained() : seen;
    }

    private JsonObject evidence(Rule rule, Position position, Standing standing) {
        return new JsonObject()
                .put("health", health(position, standing))
                .mergeIn(NoticeJson.evidence(rule.condition(), standing));
    }

    private Ruling ruling(Rule rule, Subject subject, Observation seen, Tale tale) {
        var key = new Alert.Key(rule.id(), subject);
        var known = memory.alerts().of(key);
        var before = memory.alerts().state(key);
        var step = Life.next(before, seen);
        var decided = new Decided(rule, step.state(), seen);
        var changes = !step.state().equals(before);
        if (!changes && known.filter(Alert::isHushed).isEmpty()) {
            return new Ruling(decided, Optional.empty());
        }
        var about = memory.about(key);
        var draft = new Draft(rule.account(), known, step, changes, about, seen.liquidatable(), tale);
        return new Ruling(decided, Optional.of(draft));
    }

    private JsonObject health(Position position, Standing standing) {
        return HealthJson.write(
                standing, at(), memory.sight().lastKnown(position).map(HealthJson::lastKnown));
    }

    private void settle(Selection.OfPosition selected, PositionBand band, Optional<Blindspot> spot) {
        if (spot.isPresent()) {
            memory.sight().lose(selected.position(), spot.get(), market, assets);
            memory.book().settleUnseen(selected, new Unseen(at(), spot.get().why()), band);
        } else {
            memory.sight().see(selected.position(), at());
            memory.book().settle(selected, band);
        }
    }

    private Instant at() {
        return market.tick().at();
    }
}
