package dev.plimsoll.pipeline;

import dev.plimsoll.alert.Alert;
import dev.plimsoll.alert.Blackout;
import dev.plimsoll.alert.Hush;
import dev.plimsoll.alert.Life;
import dev.plimsoll.alert.Message;
import dev.plimsoll.alert.Step;
import dev.plimsoll.alert.Subject;
import dev.plimsoll.alert.Text;
import dev.plimsoll.alert.Transition;
import dev.plimsoll.book.Bands.Decided;
import dev.plimsoll.book.BlindDue;
import dev.plimsoll.book.Selection;
import dev.plimsoll.delivery.NoticeJson;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.risk.Cause;
import dev.plimsoll.risk.Shown;
import dev.plimsoll.rule.Blindness;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.unit.Decimals;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What one market makes of the rules on blindness: an alert for each cause. Asked after the positions of the same tick
 * are settled: it is known then which of them are blind. Decides only: memory changes when it is committed.
 */
final class BlindSweep {
    private static final int MOST_POSITIONS = 20;

    private final Memory memory;
    private final Continuity continuity;
    private final Instant at;
    private final Blackouts blackouts;

    /** @param continuity with the tick of this market */
    BlindSweep(Memory memory, MarketSnapshot market, Continuity continuity) {
        this.memory = memory;
        this.continuity = continuity;
        this.at = market.tick().at();
        this.blackouts = new Blackouts(memory, market, continuity);
    }

    Finding account(Selection.OfAccount selected) {
        var rule = selected.rule();
        var told = blackouts.of(rule).stream()
                .map(blackout -> decide(rule, blackout))
                .toList();
        var due = told.stream().map(Decree::due).min(Instant::compareTo).orElse(Instant.MAX);
        return Ruling.finding(told.stream().map(Decree::ruling).toList(), () -> settle(selected, told, due));
    }

    /** How many accounts each cause blinds. */
    Extents extents() {
        return Extents.of(memory, blackouts, continuity.blindSince(), at);
    }

    /** The causes of which the account will be told for the first time. */
    Stream<Cause> firing(Selection.OfAccount selected) {
        return blackouts.of(selected.rule()).stream()
                .filter(blackout -> Life.next(
                                blackout.before(), blackout.observe(selected.rule(), continuity.unbrokenSince()))
                        .transitions()
                        .stream()
                        .anyMatch(Transition.Fired.class::isInstance))
                .map(Blackout::cause);
    }

    /**
     * What one rule says of one cause.
     *
     * @param named the positions that a message of this tick names
     */
    private record Decree(Ruling ruling, Blackout blackout, List<Blindness> named) {
        Instant due() {
            return BlindDue.of(ruling.decided(), blackout);
        }
    }

    private Decree decide(Rule rule, Blackout blackout) {
        var key = new Alert.Key(rule.id(), new Subject.OfAccount(blackout.cause()));
        var seen = blackout.observe(rule, continuity.unbrokenSince());
        var step = Life.next(blackout.before(), seen);
        var decided = new Decided(rule, step.state(), seen);
        var named = isTold(step) ? blackout.counted(rule) : List.<Blindness>of();
        var shown = NoticeJson.shown(rule, step.state().severity(), Optional.empty())
                .put(LostJson.MEMBER, roster(rule, blackout, named));
        var before = memory.alerts().of(key);
        var isKnown = step.state().equals(blackout.before())
                && before.filter(alert -> new JsonObject(alert.shown()).equals(shown))
                        .isPresent();
        var tale = new Tale(severity -> shown, () -> evidence(blackout), text(rule, blackout));
        var draft = new Draft(rule.account(), before, step, !isKnown, memory.about(key), false, tale);
        return new Decree(
                new Ruling(decided, Optional.of(draft).filter(one -> one.changes() || one.hush() != Hush.NONE)),
                blackout,
                named);
    }

    private static boolean isTold(Step step) {
        return step.transitions().stream().anyMatch(Transition::isTold);
    }

    private JsonArray roster(Rule rule, Blackout blackout, List<Blindness> named) {
        var lost = memory.sight().of(rule.account());
        return new JsonArray(blackout.positions().stream()
                .map(one -> LostJson.write(
                        one.position(),
                        one.name(),
                        lost.get(one.position()).between(continuity.blindSince(), at),
                        one.told() || named.contains(one)))
                .toList());
    }

    private static JsonObject evidence(Blackout blackout) {
        var positions = blackout.positions().stream()
                .limit(MOST_POSITIONS)
                .map(BlindSweep::position)
                .toList();
        return new JsonObject().put("positions", new JsonArray(positions));
    }

    private static JsonObject position(Blindness one) {
        var json = new JsonObject()
                .put("id", one.position().toString())
                .put("name", one.name())
                .put("blindSince", one.since().toString());
        one.seen().ifPresent(seen -> json.put("seenSince", seen.toString()));
        one.lastDistance()
                .ifPresent(distance -> json.put("lastDistancePercent", Decimals.plain(Shown.percentDown(distance))));
        return json;
    }

    private Function<Transition, Text> text(Rule rule, Blackout blackout) {
        return transition -> Message.ofBlindness(transition, rule, blackout);
    }

    private void settle(Selection.OfAccount selected, List<Decree> told, Instant due) {
        var account = selected.account();
        var sight = memory.sight();
        sight.between(account, continuity.blindSince(), at);
        told.forEach(one -> sight.told(
                account,
                selected.rule().id(),
                one.blackout().cause(),
                one.named().stream().map(Blindness::position).toList()));
        sight.prune(account, blackouts::isOver);
        memory.book().settle(selected, due);
    }
}
